import type * as vscode from 'vscode';
import type { CarbonSecrets } from '../../core/carbon/sources/index.ts';
import type { Login } from '../../core/carbon/sources/wattTime.ts';

/** Names in the editor's secret storage. They are never settings, so that no file of the user holds them. */
export const SECRET_NAMES = {
  electricityMapsKey: 'carbon.electricityMapsKey',
  /** JSON of username and password. */
  wattTimeLogin: 'carbon.wattTimeLogin',
  urlKey: 'carbon.urlKey',
} as const;

/** The user's keys, read each time one is needed and kept nowhere else. */
export function secretsOf(storage: vscode.SecretStorage): CarbonSecrets {
  const read = async (name: keyof typeof SECRET_NAMES) => (await storage.get(SECRET_NAMES[name])) ?? null;
  return {
    electricityMapsKey: () => read('electricityMapsKey'),
    wattTimeLogin: async () => asLogin(await read('wattTimeLogin')),
    urlKey: () => read('urlKey'),
  };
}

/** @returns null where nothing, or something else, is stored */
function asLogin(text: string | null): Login | null {
  try {
    const { username, password } = JSON.parse(text ?? '') as Partial<Login>;
    return username && password ? { username: String(username), password: String(password) } : null;
  } catch {
    return null;
  }
}

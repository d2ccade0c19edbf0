import * as vscode from 'vscode';
import { t } from '../../language.ts';
import { SECRET_NAMES } from '../carbon/secrets.ts';
import type { Command } from '../parts.ts';

interface KeyItem extends vscode.QuickPickItem {
  readonly name: keyof typeof SECRET_NAMES;
}

const KEYS: readonly KeyItem[] = [
  { name: 'electricityMapsKey', label: 'Electricity Maps', detail: t('The key of your account there.') },
  { name: 'wattTimeLogin', label: 'WattTime', detail: t('Name and password of your account there.') },
  {
    name: 'urlKey',
    label: t('Your own address'),
    detail: t('What stands for {key} in the setting Carbon: Url.'),
  },
];

/** Stores a key of a carbon source in the editor's secret storage; an empty one forgets it. */
export const setCarbonKey: Command = {
  id: 'setCarbonKey',
  async run({ context }) {
    const chosen = await vscode.window.showQuickPick(KEYS, { placeHolder: t('A key for which source?') });
    if (!chosen) return;
    const value =
      chosen.name === 'wattTimeLogin'
        ? await askLogin()
        : await ask(t('Key for {0}. Leave empty to forget it.', chosen.label));
    if (value === undefined) return;
    const name = SECRET_NAMES[chosen.name];
    if (value === '') await context.secrets.delete(name);
    else await context.secrets.store(name, value);
  },
};

async function askLogin(): Promise<string | undefined> {
  const username = await vscode.window.showInputBox({
    prompt: t('WattTime user name. Leave empty to forget the login.'),
  });
  if (!username) return username;
  const password = await ask(t('WattTime password. Leave empty to forget it.'));
  return password && JSON.stringify({ username, password });
}

function ask(prompt: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    prompt,
    password: true,
    ignoreFocusOut: true,
  });
}

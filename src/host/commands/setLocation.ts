import * as vscode from 'vscode';
import type * as Locations from '../../core/carbon/locations.ts';
import type { Place } from '../../core/carbon/place.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

const SECTION = 'trainingFootprint';

/** What a place stands for in the settings; empty texts leave it to the machine. */
interface LocationItem extends vscode.QuickPickItem {
  /** Null for one that only says what is wrong. */
  readonly wanted: { readonly country?: string; readonly location: string } | null;
}

const PROVIDERS: Readonly<Record<string, string>> = { aws: 'AWS', azure: 'Azure', gcp: 'Google Cloud' };

/** Says where this machine draws its electricity from: by name, or coordinates that are typed. */
export const setLocation: Command = {
  id: 'setLocation',
  async run({ carbon }) {
    const locations = await import('../../core/carbon/locations.ts');
    const { place } = await carbon.service();
    const item = await ask(locations, nowText(place));
    if (!item?.wanted) return;
    const { country, location } = item.wanted;
    if (country !== undefined) await write('country', country);
    await write('carbon.location', location);
  },
};

function nowText({ name, basis }: Place): string {
  if (basis === 'cloud region') return t('Now: {0}, by the cloud region', name);
  return basis === 'time zone' ? t('Now: {0}, by the time zone', name) : t('Now: {0}', name);
}

function ask(locations: typeof Locations, now: string): Promise<LocationItem | null> {
  const known = knownPlaces(locations);
  const pick = vscode.window.createQuickPick<LocationItem>();
  pick.title = t('Set Location');
  pick.placeholder = t(
    '{0}. Search a country, zone or cloud region, or type coordinates such as 55.68, 12.57',
    now,
  );
  pick.matchOnDescription = true;
  pick.items = known;
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => (pick.items = [...typedPlace(locations, text), ...known]));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item) return;
      resolve(item);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(null);
      pick.dispose();
    });
    pick.show();
  });
}

function knownPlaces({ allCountries, allZones, allCloudRegions }: typeof Locations): LocationItem[] {
  const separator = (label: string): LocationItem => ({
    ...{ label, wanted: null },
    kind: vscode.QuickPickItemKind.Separator,
  });
  return [
    {
      label: t('By this machine'),
      description: t('the cloud provider’s region where it tells it, else the time zone'),
      wanted: { country: '', location: '' },
    },
    separator(t('countries')),
    ...allCountries().map(({ code, name }) => ({
      ...{ label: name, description: code, wanted: { country: code, location: '' } },
    })),
    separator(t('zones of the grid')),
    ...allZones()
      .filter(({ id }) => id.includes('-'))
      .map(({ id, name }) => ({ label: name, description: id, wanted: { location: id } })),
    separator(t('cloud regions')),
    ...allCloudRegions().map(({ id, name }) => ({
      ...{ label: `${PROVIDERS[id.split(':')[0] ?? ''] ?? ''}: ${name}`, description: id },
      wanted: { location: id },
    })),
  ];
}

/** Coordinates, and regions of Great Britain by number or postcode, which no list has. */
function typedPlace({ parseLocation }: typeof Locations, text: string): LocationItem[] {
  const typed = text.trim();
  const location = parseLocation(typed);
  if (!location || 'problem' in location || (!location.coordinates && !typed.toUpperCase().startsWith('GB:')))
    return [];
  const description = location.coordinates ? t('coordinates') : t('region of Great Britain');
  return [{ label: typed, description, alwaysShow: true, wanted: { location: typed } }];
}

/** Where a workspace has its own value that one is changed, else the user's, which on a remote machine is the machine's. */
async function write(name: string, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const found = configuration.inspect<string>(name);
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = found?.workspaceValue === undefined ? Global : Workspace;
  await configuration.update(name, value === '' ? undefined : value, target);
}

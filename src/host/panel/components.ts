import { formatEnergy, formatPercent } from '../../core/reports/format.ts';
import { componentName, errorText, howRunKnown, sourceName } from '../../core/reports/words.ts';
import type { ComponentEnergy, RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { ComponentRow } from '../../protocol/messages.ts';

type Energies = Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules'>;

/** The run against its machine: a row for each device and source, and their sum where there are several. */
export function componentRows(run: RunSnapshot): readonly ComponentRow[] {
  const rows = run.components.map((entry) => rowOf(entry, isOneOfSeveral(entry, run.components)));
  return rows.length < 2 ? rows : [...rows, togetherRow(run)];
}

function rowOf(entry: ComponentEnergy, isNamed: boolean): ComponentRow {
  const { component, device, source, quality, uncertainty, energyJoules } = entry;
  const name = componentName(component);
  return {
    ...{ id: `${component} ${device} ${source} ${quality}`, component, howKnown: quality },
    label: isNamed ? `${name} ${device}` : name,
    source: `${sourceName(source)}, ${errorText(uncertainty)}`,
    energy: formatEnergy(energyJoules),
    ...againstMachine(entry),
  };
}

/** Whether its component alone does not say which device is meant. */
function isOneOfSeveral(entry: ComponentEnergy, all: readonly ComponentEnergy[]): boolean {
  return all.some(({ component, device }) => component === entry.component && device !== entry.device);
}

function togetherRow(run: RunSnapshot): ComponentRow {
  return {
    ...{ id: 'together', component: null, howKnown: run.howKnown, label: t('Together') },
    source: togetherText(run),
    energy: formatEnergy(run.energyJoules),
    ...againstMachine(run),
  };
}

function togetherText(run: RunSnapshot): string {
  const error = errorText(run.uncertainty);
  return run.howKnown === 'mixed' ? `${howRunKnown(run)}, ${error}` : error;
}

function againstMachine({ energyJoules, machineEnergyJoules }: Energies) {
  const share = machineEnergyJoules ? energyJoules / machineEnergyJoules : null;
  return {
    machineEnergy: formatEnergy(machineEnergyJoules),
    share,
    shareText: share === null ? t('unknown') : formatPercent(share),
  };
}

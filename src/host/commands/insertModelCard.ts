import * as vscode from 'vscode';
import type { TrainingType } from '../../core/reports/modelCard/metadata.ts';
import { t } from '../../language.ts';
import type { Command, Parts } from '../parts.ts';
import { cardName, chooseCard } from '../reporting/chooseCard.ts';
import { chooseRun } from '../reporting/chooseRun.ts';
import { loadReports } from '../reporting/loadReports.ts';

interface TypeItem extends vscode.QuickPickItem {
  readonly type: TrainingType | null;
}

const TYPES: readonly TypeItem[] = [
  { type: 'pre-training', label: t('Pre-training') },
  { type: 'fine-tuning', label: t('Fine-tuning') },
  { type: null, label: t('Leave it as it is'), detail: t('What the card says of it already stays.') },
];

/** Puts a run's emissions into the metadata of a Hugging Face model card, once the user has seen the difference. */
export const insertModelCard: Command = {
  id: 'insertModelCard',
  async run({ reports }, runId) {
    const hasEnded = ({ state }: { state: string }) => state !== 'running';
    const id = await chooseRun(reports.subjects, runId, t('The emissions of which run?'), hasEnded);
    if (id === null) return;
    const type = await vscode.window.showQuickPick(TYPES, { title: t('How was the model trained?') });
    const card = type && (await chooseCard());
    if (!card) return;
    refuseUnsaved(card);
    const { cardMetadata, cardText, insertMetadata } = await loadReports();
    const { run } = await reports.subjects.run(id);
    const before = await vscode.workspace.fs.readFile(card);
    const edited = insertMetadata(cardText(before), cardMetadata(run, type.type));
    if (await isWanted(reports, card, edited)) await write(card, before, edited);
  },
};

/** @throws Error where the editor holds other text than the file */
function refuseUnsaved(card: vscode.Uri): void {
  const isDirty = vscode.workspace.textDocuments.some(
    (open) => open.isDirty && open.uri.toString() === card.toString(),
  );
  if (isDirty) throw new Error(t('{0} has changes that are not saved; save it first.', cardName(card)));
}

async function isWanted(reports: Parts['reports'], card: vscode.Uri, edited: string): Promise<boolean> {
  const name = cardName(card);
  const outcome = reports.hold(`/model-card/${name}`, edited);
  await vscode.commands.executeCommand('vscode.diff', card, outcome, t('{0} with emissions', name));
  const message = `Training Footprint: ${t('write the emissions into {0} as shown?', name)}`;
  const yes = t('Write');
  return (await vscode.window.showInformationMessage(message, yes, t('Discard'))) === yes;
}

/** @throws Error where the file is not what was shown any more */
async function write(card: vscode.Uri, before: Uint8Array, edited: string): Promise<void> {
  refuseUnsaved(card);
  const now = await vscode.workspace.fs.readFile(card);
  if (Buffer.compare(now, before) !== 0)
    throw new Error(t('{0} was changed meanwhile and is left as it is; ask again.', cardName(card)));
  await vscode.workspace.fs.writeFile(card, new TextEncoder().encode(edited));
  vscode.window.setStatusBarMessage(`Training Footprint: ${t('{0} was written.', cardName(card))}`, 5000);
}

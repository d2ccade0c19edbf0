import * as vscode from 'vscode';
import type { TrainingType } from '../../core/reports/modelCard/metadata.ts';
import type { Command, Parts } from '../parts.ts';
import { cardName, chooseCard } from '../reporting/chooseCard.ts';
import { chooseRun } from '../reporting/chooseRun.ts';
import { loadReports } from '../reporting/loadReports.ts';

interface TypeItem extends vscode.QuickPickItem {
  readonly type: TrainingType | null;
}

const TYPES: readonly TypeItem[] = [
  { type: 'pre-training', label: 'Pre-training' },
  { type: 'fine-tuning', label: 'Fine-tuning' },
  { type: null, label: 'Leave it as it is', detail: 'What the card says of it already stays.' },
];

/** Puts a run's emissions into the metadata of a Hugging Face model card, once the user has seen the difference. */
export const insertModelCard: Command = {
  id: 'insertModelCard',
  async run({ reports }, runId) {
    const hasEnded = ({ state }: { state: string }) => state !== 'running';
    const id = await chooseRun(reports.subjects, runId, 'The emissions of which run?', hasEnded);
    if (id === null) return;
    const type = await vscode.window.showQuickPick(TYPES, { title: 'How was the model trained?' });
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
  if (isDirty) throw new Error(`${cardName(card)} has changes that are not saved; save it first.`);
}

async function isWanted(reports: Parts['reports'], card: vscode.Uri, edited: string): Promise<boolean> {
  const name = cardName(card);
  const outcome = reports.hold(`/model-card/${name}`, edited);
  await vscode.commands.executeCommand('vscode.diff', card, outcome, `${name} with emissions`);
  const message = `Training Footprint: write the emissions into ${name} as shown?`;
  return (await vscode.window.showInformationMessage(message, 'Write', 'Discard')) === 'Write';
}

/** @throws Error where the file is not what was shown any more */
async function write(card: vscode.Uri, before: Uint8Array, edited: string): Promise<void> {
  refuseUnsaved(card);
  const now = await vscode.workspace.fs.readFile(card);
  if (Buffer.compare(now, before) !== 0)
    throw new Error(`${cardName(card)} was changed meanwhile and is left as it is; ask again.`);
  await vscode.workspace.fs.writeFile(card, new TextEncoder().encode(edited));
  vscode.window.setStatusBarMessage(`Training Footprint: ${cardName(card)} was written.`, 5000);
}

import * as vscode from 'vscode';
import { speak } from '../language.ts';

/** First of all imports, since texts are asked for while modules load: speaks as VS Code does, where we can. */
if (vscode.l10n.bundle) speak(vscode.env.language, vscode.l10n.bundle);

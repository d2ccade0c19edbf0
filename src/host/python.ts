import * as vscode from 'vscode';

interface PythonApi {
  readonly environments: { getActiveEnvironmentPath(resource: vscode.Uri): { readonly path: string } };
}

/** The command that runs a file: by the interpreter chosen in the Python extension, else by the shell's own. */
export async function pythonCommand(file: vscode.Uri): Promise<string> {
  return `${quote(await interpreter(file))} ${quote(vscode.workspace.asRelativePath(file, false))}`;
}

async function interpreter(file: vscode.Uri): Promise<string> {
  const standard = process.platform === 'win32' ? 'python' : 'python3';
  const extension = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  try {
    const api = await extension?.activate();
    return api?.environments.getActiveEnvironmentPath(file).path || standard;
  } catch {
    return standard;
  }
}

/** POSIX single quotes, or double ones for Windows' shells. */
function quote(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word;
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}

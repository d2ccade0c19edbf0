import os from 'node:os';
import path from 'node:path';

/**
 * Where the history of this user stands, shared by editor windows and the command line: the platform's data folder
 * (XDG Base Directory on Linux), or the folder that TRAINING_FOOTPRINT_DATA names.
 */
export function historyFile(environment: NodeJS.ProcessEnv, platform = process.platform): string {
  return path.join(dataFolder(environment, platform), 'history.db');
}

function dataFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (environment.TRAINING_FOOTPRINT_DATA) return environment.TRAINING_FOOTPRINT_DATA;
  const home = os.homedir();
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'training-footprint');
  if (platform === 'win32') {
    return path.join(environment.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'training-footprint');
  }
  return path.join(environment.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'training-footprint');
}

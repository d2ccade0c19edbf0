import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { historyFile } from '../../../src/core/runs/location.ts';

describe('Location of the history', () => {
  const home = os.homedir();

  it('is the folder that the variable names, on every platform', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      assert.equal(
        historyFile({ TRAINING_FOOTPRINT_DATA: '/x', XDG_DATA_HOME: '/y' }, platform),
        path.join('/x', 'history.db'),
      );
    }
  });

  it('follows XDG on Linux', () => {
    assert.equal(historyFile({ XDG_DATA_HOME: '/y' }, 'linux'), '/y/training-footprint/history.db');
    const byDefault = path.join(home, '.local/share/training-footprint/history.db');
    assert.equal(historyFile({}, 'linux'), byDefault);
    assert.equal(historyFile({ XDG_DATA_HOME: '' }, 'linux'), byDefault);
  });

  it('is the platform’s own on macOS and Windows', () => {
    assert.match(historyFile({}, 'darwin'), /Library\/Application Support\/training-footprint\/history\.db$/);
    assert.match(
      historyFile({ LOCALAPPDATA: '/local' }, 'win32'),
      /^\/local.training-footprint.history\.db$/,
    );
    assert.match(historyFile({}, 'win32'), /AppData.Local.training-footprint.history\.db$/);
  });
});

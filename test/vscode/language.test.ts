import assert from 'node:assert/strict';
import { Session } from './harness/session.ts';

describe('In a VS Code that speaks German, the extension speaks it', function () {
  this.timeout(240_000);
  let session: Session;

  before(async () => {
    session = await Session.start({ language: 'de' });
  });

  after(async () => {
    await session?.stop();
  });

  it('in the status bar and its tooltip', async () => {
    const { window } = session;
    await window.newTerminal('Training');
    await window.type(session.training(12, 4));
    await window.waitForStatus(/→ .*Wh · .*g {1,2}Ep\. [2-9]\/12/, 60);
    assert.match(await window.tooltip(), /Hochgerechnet/);
    await window.screenshot('german-tooltip');
  });

  it('in the panel', async () => {
    const { window } = session;
    await window.page.mouse.move(600, 300);
    await window.clickStatus();
    const panel = await window.webview(/Verlauf/);
    assert.equal(await panel.locator('html').getAttribute('lang'), 'de');
    await window.screenshot('german-panel');
    await panel.getByRole('tab', { name: 'Verlauf' }).click();
    await panel
      .getByText(/^1 Lauf\b/)
      .first()
      .waitFor();
    await window.screenshot('german-history');
  });

  it('in the check of the sensors', async () => {
    const { window } = session;
    await window.command('Training Footprint: Leistungssensoren prüfen');
    const page = await window.webview(/Quelle/);
    const text = await page.locator('body').innerText();
    assert.match(text, /Prozessor/);
    assert.doesNotMatch(text, /\b(?:the|not|processor)\b/i);
    await window.screenshot('german-sensors');
  });

  it('in the report', async () => {
    const { window } = session;
    await window.command('Training Footprint: Bericht des letzten Laufs anzeigen');
    const report = await window.webview(/Fußabdruck von/);
    await window.screenshot('german-report');
    assert.doesNotMatch(await report.locator('body').innerText(), /\b(?:the|energy|measured)\b/i);
  });
});

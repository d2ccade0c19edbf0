import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { comparisonCsv } from '../../../src/core/reports/comparison/comparisonCsv.ts';
import { comparisonMarkdown } from '../../../src/core/reports/comparison/comparisonMarkdown.ts';
import { escapeMarkdown, markdownReport } from '../../../src/core/reports/markdown.ts';
import { projectCsv } from '../../../src/core/reports/project/projectCsv.ts';
import { projectMarkdown } from '../../../src/core/reports/project/projectMarkdown.ts';
import { pullRequestText } from '../../../src/core/reports/pullRequest.ts';
import { block, oneLine } from '../../../src/core/reports/safeText.ts';
import { latexText, statementLatex } from '../../../src/core/reports/statement/latex.ts';
import { carbonStatement } from '../../../src/core/reports/statement/statement.ts';
import { statementText } from '../../../src/core/reports/statement/statementText.ts';
import { snapshot } from '../runs/snapshots.ts';
import { HOSTILE } from './hostile.ts';
import { comparisonOf, labelled, totalOf } from './subjects.ts';

/** As VS Code's preview renders it, with HTML and links that are found in text. */
const preview = new MarkdownIt({ html: true, linkify: true });

/** Kinds of tokens that a name must not bring about, with how often our own text may have them. */
function marksIn(markdown: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const all = preview.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  for (const { type } of all) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** What is left of the text when it is shown. */
function shownBy(markdown: string): string {
  return preview
    .renderInline(markdown)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('Hostile names in Markdown', () => {
  it('make no link, picture, markup, list, title or column', () => {
    for (const text of HOSTILE) {
      for (const write of [
        (name: string) => markdownReport(labelled(name)),
        (name: string) => comparisonMarkdown(comparisonOf(labelled(name), labelled(name))),
        (name: string) => projectMarkdown(totalOf(labelled(name))),
      ]) {
        const [found, plain] = [marksIn(write(text)), marksIn(write('plain'))];
        for (const type of [
          ...[
            'link_open',
            'image',
            'html_block',
            'html_inline',
            'heading_open',
            'fence',
            'code_inline',
            'hr',
          ],
          ...[
            'strong_open',
            'em_open',
            's_open',
            'list_item_open',
            'table_open',
            'th_open',
            'td_open',
            'code_block',
          ],
        ])
          assert.equal(found.get(type) ?? 0, plain.get(type) ?? 0, `${type} by ${text.slice(0, 60)}`);
      }
    }
  });

  it('are shown as they are', () => {
    for (const text of HOSTILE) assert.equal(shownBy(escapeMarkdown(text)).trim(), oneLine(text).trim());
  });

  it('call nobody and name no issue in a pull request', () => {
    for (const text of HOSTILE) {
      const label = pullRequestText(snapshot({ label: text }));
      const [inline] = preview.parse(label, {}).filter(({ type }) => type === 'inline');
      const outside = inline?.children?.filter(({ type }) => type === 'text').map(({ content }) => content);
      assert.deepEqual(outside?.filter(Boolean), ['Training footprint', ' of '], text.slice(0, 60));
      assert.equal(marksIn(label).get('td_open'), 4);
    }
  });
});

describe('Hostile names in LaTeX', () => {
  it('are text: no command, no group, no formula, no comment, nothing that pdfLaTeX has no glyph for', () => {
    const own =
      /\\(textbackslash|textasciicircum|textasciitilde|textless|textgreater|textbar|textsubscript)\b|\\ensuremath\{(\\pm|\\times|-)\}|\\[{}$&#_%]/g;
    for (const text of HOSTILE) {
      const rest = latexText(text).replace(own, '').replaceAll('{}', '').replaceAll('{2}', '');
      assert.doesNotMatch(rest, /[\\{}$&#_%^<>|"]/, text.slice(0, 60));
      assert.doesNotMatch(rest, /[^\x20-\x7e\u00a1-\u017f‐-—‘’“”…•]/u);
    }
  });

  it('keep their letters as far as pdfLaTeX has them', () => {
    assert.equal(latexText('Zoë Québec Łódź Đąę ṁ « 日 🔥'), 'Zoë Québec Łódź ?ae m ? ? ?');
  });

  it('leave the statement in one piece', () => {
    for (const text of HOSTILE) {
      const latex = statementLatex(carbonStatement(labelled(text), null));
      assert.equal(latex.match(/\\cite\{/g)?.length, 2, text.slice(0, 60));
      assert.equal([...latex.matchAll(/(?<!\\)\{/g)].length, [...latex.matchAll(/(?<!\\)\}/g)].length);
    }
  });
});

describe('Hostile names in plain text', () => {
  it('break no line of a statement and move no cursor', () => {
    for (const text of HOSTILE) {
      const statement = statementText(carbonStatement(labelled(text), null));
      assert.match(statement, /^[^\n]+\n\n(\[\d\] [^\n]+\n)+$/);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(statement, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('lose their end where they are long, and no character of two units its half', () => {
    assert.equal(oneLine('a'.repeat(600)), `${'a'.repeat(500)}… (100 more characters)`);
    assert.equal(oneLine('ab🔥', 3), 'ab… (2 more characters)');
    assert.equal(block('a\r\nb\rc\u2028d'), 'a\nb\nc\ufffdd');
  });
});

describe('Hostile names in CSV', () => {
  it('begin no formula', () => {
    for (const text of HOSTILE) {
      for (const csv of [
        comparisonCsv(comparisonOf(labelled(text), labelled(text))),
        projectCsv(totalOf(labelled(text))),
      ])
        assert.doesNotMatch(csv, /(^|,|\r\n)"?[=@+＝＋－＠\t]/, text.slice(0, 60));
    }
  });
});

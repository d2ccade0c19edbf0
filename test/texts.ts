import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A call of `t`. */
export interface TextCall {
  /** Empty where it is put together. */
  readonly text: string;
  /** File and line. */
  readonly at: string;
}

/** Every call of `t` in the code. */
export function textCalls(): readonly TextCall[] {
  return globSync('src/**/*.ts').flatMap(callsIn);
}

function callsIn(file: string): readonly TextCall[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: TextCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first] = node.arguments;
      const text = first && ts.isStringLiteralLike(first) ? first.text : '';
      found.push({ text, at: `${file}:${source.getLineAndCharacterOfPosition(node.pos).line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

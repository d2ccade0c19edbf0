/** All reports: a bundle of its own, loaded when somebody asks for one. */
export { MOST_COMPARED } from '../compare/comparison.ts';
export { compare, FEWEST_COMPARED } from './comparison/comparison.ts';
export { comparisonMarkdown } from './comparison/comparisonMarkdown.ts';
export { comparisonReports } from './comparison/comparisonReports.ts';
export { markdownReport } from './markdown.ts';
export { cardText } from './modelCard/cardText.ts';
export { insertMetadata } from './modelCard/insert.ts';
export { cardMetadata } from './modelCard/metadata.ts';
export { projectMarkdown } from './project/projectMarkdown.ts';
export { projectReports } from './project/projectReports.ts';
export { projectTotal } from './project/projectTotal.ts';
export { pullRequestText } from './pullRequest.ts';
export { runReports } from './runReports.ts';

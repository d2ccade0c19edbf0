import type { RunSnapshot } from '../../runs/snapshot.ts';

/** A work that a statement rests on. */
export interface Reference {
  /** As LaTeX cites it. */
  readonly key: string;
  /** For a list of references in plain text. */
  readonly text: string;
  /** BibTeX's type, and its fields with their values in LaTeX. */
  readonly type: 'misc' | 'techreport' | 'inproceedings';
  readonly fields: Readonly<Record<string, string>>;
}

/** The paper whose way of tracking and predicting a training this is. */
export const CARBONTRACKER: Reference = {
  key: 'anthony2020carbontracker',
  text: 'L. F. W. Anthony, B. Kanding, R. Selvan: Carbontracker: Tracking and Predicting the Carbon Footprint of Training Deep Learning Models. ICML Workshop on Challenges in Deploying and Monitoring Machine Learning Systems, 2020. arXiv:2007.03051',
  type: 'misc',
  fields: {
    author: 'Anthony, Lasse F. Wolff and Kanding, Benjamin and Selvan, Raghavendra',
    title: '{Carbontracker}: Tracking and Predicting the Carbon Footprint of Training Deep Learning Models',
    howpublished: 'ICML Workshop on Challenges in Deploying and Monitoring Machine Learning Systems',
    year: '2020',
    note: 'arXiv:2007.03051',
  },
};

/** Where the software carbon intensity is told. */
export const SCI: Reference = {
  key: 'iso21031',
  text: 'ISO/IEC 21031:2024, Information technology – Software Carbon Intensity (SCI) specification. 2024',
  type: 'techreport',
  fields: {
    author: '{ISO/IEC}',
    title:
      '{ISO/IEC} 21031:2024, Information technology -- {Software Carbon Intensity} ({SCI}) specification',
    institution: 'International Organization for Standardization',
    year: '2024',
  },
};

/** By which errors are added up. */
export const GUM: Reference = {
  key: 'jcgm100',
  text: 'JCGM 100:2008, Evaluation of measurement data – Guide to the expression of uncertainty in measurement. 2008',
  type: 'techreport',
  fields: {
    author: '{JCGM}',
    title:
      '{JCGM} 100:2008, Evaluation of measurement data -- Guide to the expression of uncertainty in measurement',
    institution: 'Joint Committee for Guides in Metrology',
    year: '2008',
  },
};

/** Sources of intensities, by a word with which `Intensity.source` names each. */
const GRIDS: readonly (readonly [string, Reference])[] = [
  [
    'Ember',
    grid(
      'ember',
      'Ember',
      'Yearly electricity data',
      'https://ember-energy.org',
      'newest year of each country, 2022 to 2024; CC BY 4.0',
    ),
  ],
  [
    'CO2.js',
    grid(
      'co2js',
      'The Green Web Foundation',
      'CO2.js',
      'https://github.com/thegreenwebfoundation/co2.js',
      'software that the figures were taken from',
    ),
  ],
  [
    'Electricity Maps',
    grid(
      'electricitymaps',
      'Electricity Maps',
      'Carbon intensity of electricity by zone',
      'https://www.electricitymaps.com',
      null,
    ),
  ],
  [
    'UK Carbon Intensity',
    grid(
      'neso',
      'National Energy System Operator',
      'Carbon Intensity API',
      'https://carbonintensity.org.uk',
      'CC BY 4.0',
    ),
  ],
  [
    'Energi Data Service',
    grid(
      'energidataservice',
      'Energinet',
      'Energi Data Service: CO2 emissions of consumed electricity',
      'https://www.energidataservice.dk',
      'CC BY 4.0',
    ),
  ],
  [
    'Energy-Charts',
    grid('energycharts', 'Fraunhofer ISE', 'Energy-Charts', 'https://www.energy-charts.info', 'CC BY 4.0'),
  ],
];

/** Whose intensities a run's emissions were counted by. Those of the user's own figures are nobody's work. */
export function gridReferences({ carbon, intensitySegments = [] }: RunSnapshot): readonly Reference[] {
  const sources = [carbon.intensity.source, ...intensitySegments.map(({ source }) => source)];
  return GRIDS.flatMap(([word, reference]) =>
    sources.some((source) => source.includes(word)) ? [reference] : [],
  );
}

/** The entries for a `.bib` file. */
export function bibtex(references: readonly Reference[]): string {
  return references.map(entry).join('\n');
}

function entry({ key, type, fields }: Reference): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@${type}{${key},\n${lines.join('')}}\n`;
}

function grid(key: string, author: string, title: string, address: string, note: string | null): Reference {
  const about = note === null ? address : `${address}, ${note}`;
  return {
    ...{ key, text: `${author}: ${title}. ${about}`, type: 'misc' },
    fields: {
      author: `{${author}}`,
      title: title.replace('CO2', '{CO}\\textsubscript{2}'),
      howpublished: `\\url{${address}}`,
      ...(note === null ? {} : { note }),
    },
  };
}

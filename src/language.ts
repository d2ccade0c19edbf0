import { config, t } from '@vscode/l10n';

/**
 * The English text, or what stands for it in the language that is spoken. `t('{0} of {1}', 3, 30)`: the text is written
 * out where it is called, since it is the key in l10n/bundle.l10n.*.json.
 */
export { t };

/** English text -> the same in another language. */
export type Translations = Readonly<Record<string, string>>;

let spoken: string = 'en';
let translations: Translations = {};

/**
 * Says which language is spoken from now on; English is until then. Texts that were already asked for stay as they are.
 *
 * @param language a BCP 47 tag
 */
export function speak(language: string, withTranslations: Translations): void {
  spoken = language;
  translations = withTranslations;
  config({ contents: withTranslations });
}

/** What is spoken, as a BCP 47 tag. */
export function language(): string {
  return spoken;
}

/** For a page that shall speak as we do. */
export function spokenTranslations(): Translations {
  return translations;
}

/** Writes in English whatever is spoken: what goes into papers, model cards, and files that other programs read. */
export function inEnglish<T>(write: () => T): T {
  const [language, before] = [spoken, translations];
  speak('en', {});
  try {
    return write();
  } finally {
    speak(language, before);
  }
}

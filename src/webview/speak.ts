import { speak, type Translations } from '../language.ts';

/** Before any import that has texts: speaks as the host does, which puts its texts into the page. */
const texts = document.getElementById('texts')?.textContent;
if (texts) speak(document.documentElement.lang, JSON.parse(texts) as Translations);

/** The only file that knows the component library: replace these few functions to replace the library. */
import './toolkitNonce.ts'; // first: the toolkit asks for it as it loads
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());

export function button(label: string, appearance: 'primary' | 'secondary', onPress: () => void): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', appearance);
  element.textContent = label;
  element.addEventListener('click', onPress);
  return element;
}

export function progressRing(label: string): HTMLElement {
  const element = document.createElement('vscode-progress-ring');
  // the toolkit calls it “Loading” as it comes into the page
  new MutationObserver((_, observer) => {
    observer.disconnect();
    element.setAttribute('aria-label', label);
  }).observe(element, { attributeFilter: ['aria-label'] });
  return element;
}

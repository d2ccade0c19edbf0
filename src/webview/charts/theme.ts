/** The theme variable of a component's colour, in the legend and in the plot. */
const COMPONENT_COLOURS: Readonly<Record<string, string>> = {
  cpu: '--chart-blue',
  gpu: '--chart-green',
  dram: '--chart-orange',
};

export const ENERGY_COLOUR = '--chart-blue';
export const INTENSITY_COLOUR = '--chart-orange';
export const PROJECTION_COLOUR = '--chart-purple';

export function componentColour(component: string): string {
  return COMPONENT_COLOURS[component] ?? '--chart-yellow';
}

/** A canvas knows no variables: the colour that the theme gives now. */
export function colour(variable: string): string {
  const style = getComputedStyle(document.body);
  return style.getPropertyValue(variable).trim() || style.color;
}

export function translucent(variable: string, percent: number): string {
  return `color-mix(in srgb, ${colour(variable)} ${percent}%, transparent)`;
}

/** How a line looks: single points filled like the line. */
export function lineStyle(
  variable: string,
  width: number,
): { stroke: string; width: number; points: { fill: string } } {
  const stroke = colour(variable);
  return { stroke, width, points: { fill: stroke } };
}

export function chartFont(): string {
  return `11px ${getComputedStyle(document.body).fontFamily}`;
}

/** VS Code tells a new theme by the classes and data of the body and by the variables on the document. */
export function onThemeChange(redraw: () => void): void {
  let frame = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(redraw);
  });
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
}

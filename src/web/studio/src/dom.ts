type Child = Node | string | null | undefined | false;

/** Makes an element. Text is always set as text, never as markup: names of processes and people come from users. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, properties: Partial<Omit<HTMLElementTagNameMap[K], 'children' | 'style'>> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  for (const child of children) if (child) made.append(child);
  return made;
}

export function button(text: string, onclick: () => void, className = ''): HTMLButtonElement {
  return element('button', { type: 'button', textContent: text, className: `pw-button ${className}`.trim(), onclick });
}

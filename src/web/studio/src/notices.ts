import { element, button } from './dom';
import { say } from './text';

export interface Notice {
  /** One notice of a kind is shown at a time: a newer one takes its place. */
  kind: string;
  level: 'info' | 'warning' | 'error';
  text: string;
  actions?: { text: string; do: () => void }[];
  closable?: boolean;
}

/** Shows a bar under the header. It never covers the drawing and stays until it is answered or withdrawn. */
export function notify(notice: Notice): void {
  withdraw(notice.kind);
  const bar = element('div', { className: `pw-notice pw-${notice.level}` },
    element('span', { textContent: notice.text }),
    ...(notice.actions ?? []).map(action => button(action.text, action.do)),
    notice.closable !== false && button(say('close'), () => withdraw(notice.kind), 'pw-quiet'));
  bar.dataset.kind = notice.kind;
  document.getElementById('pw-notices')?.append(bar);
}

export function withdraw(kind: string): void {
  for (const bar of document.querySelectorAll<HTMLElement>('#pw-notices > .pw-notice')) if (bar.dataset.kind === kind) bar.remove();
}

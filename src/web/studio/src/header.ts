import { button, element } from './dom';
import { pages } from './navigation';
import { onSaveState } from './saves';
import { signOut, type Me } from './session';
import { say, switchLanguage } from './text';

/** The bar over the Studio: where you are, whether your work is saved, who you are, and the way back to the desk. */
export function showHeader(screen: string, person: Me | undefined, tools: HTMLElement[]): void {
  const header = document.getElementById('pw-header');
  if (!header) return;
  const link = (text: string, href: string, here: boolean) => element('a', { href, textContent: text, className: here ? 'pw-here' : '' });
  const saveState = element('span', { id: 'pw-save-state' });
  onSaveState((text, failed) => {
    saveState.textContent = text;
    saveState.classList.toggle('pw-failed', failed);
  });
  header.replaceChildren(
    element('a', { href: '/', className: 'pw-brand', textContent: say('product') }),
    element('nav', {},
      link(say('definitions'), pages.definitions, screen.startsWith('definition')),
      link(say('instances'), pages.instances, screen.startsWith('instance'))),
    saveState,
    element('span', { className: 'pw-space' }),
    ...(person && person.permissions?.processOwner !== true ? [element('span', { className: 'pw-tag', textContent: say('readOnly') })] : []),
    ...tools,
    button(say('language'), switchLanguage, 'pw-quiet'),
    element('a', { href: '/', textContent: say('desk') }),
    ...(person ? [element('span', { className: 'pw-person', textContent: person.name }), button(say('signOut'), () => void signOut(), 'pw-quiet')] : []));
}

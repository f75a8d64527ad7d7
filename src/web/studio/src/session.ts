import { call, Refused } from './api';
import { button, element } from './dom';
import { say } from './text';

export interface Me {
  personId: string;
  name: string;
  userName: string;
  permissions?: { processOwner?: boolean };
}

let current: Me | undefined;
let renewing: Promise<Me> | undefined;

/** Who is signed in, once known. */
export const me = (): Me | undefined => current;

/** Who is signed in; asks for name and password when nobody is. */
export async function signedIn(): Promise<Me> {
  try {
    return current = await call<Me>('/api/session');
  } catch (refused) {
    if (refused instanceof Refused && refused.status === 401) return renew();
    throw refused;
  }
}

/**
 * Asks for the password again, over the page and without leaving it, and resolves when somebody has signed in. All callers share one dialog.
 * Another person signing in loads the page anew: one person's edits are never saved under another's name.
 */
export function renew(): Promise<Me> {
  renewing ??= ask().then(person => {
    if (current && current.personId !== person.personId) {
      alert(say('otherPerson', { name: current.name }));
      location.reload();
      return new Promise<Me>(() => {});
    }
    current = person;
    return person;
  }).finally(() => renewing = undefined);
  return renewing;
}

export async function signOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE' });
  location.assign('/');
}

function ask(): Promise<Me> {
  return new Promise(resolve => {
    const userName = element('input', { name: 'userName', autocomplete: 'username', required: true, value: current?.userName ?? '' });
    const password = element('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
    const failure = element('p', { className: 'pw-failure' });
    const submit = element('button', { type: 'submit', className: 'pw-button pw-primary', textContent: say('signIn') });
    const form = element('form', { className: 'pw-dialog' },
      element('h2', { textContent: say(current ? 'signInAgain' : 'signInFirst') }),
      current ? element('p', { textContent: say('signInAgainWhy') }) : null,
      element('label', {}, say('userName'), userName),
      element('label', {}, say('password'), password),
      failure,
      element('div', { className: 'pw-actions' }, current ? null : button(say('desk'), () => location.assign('/')), submit));
    form.onsubmit = async event => {
      event.preventDefault();
      submit.disabled = true;
      try {
        const person = await call<Me>('/api/session', { method: 'POST', body: { userName: userName.value, password: password.value } });
        veil.close();
        veil.remove();
        resolve(person);
      } catch (refused) {
        failure.textContent = refused instanceof Refused ? refused.message : say('signInFailed');
        submit.disabled = false;
        password.select();
      }
    };
    const veil = element('dialog', { id: 'pw-sign-in' }, form);
    veil.oncancel = event => event.preventDefault();
    document.body.append(veil);
    veil.showModal();
    (userName.value ? password : userName).focus();
  });
}

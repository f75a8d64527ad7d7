/** Our own words around the Studio, in both languages. The Studio's words are in dictionary.ts. */
export type Language = 'zh-CN' | 'en';

const words = {
  product: ['业扩流程平台', 'PowerWorkflow'],
  definitions: ['流程设计', 'Process design'],
  instances: ['运行实例', 'Running cases'],
  desk: ['返回工作台', 'Back to the desk'],
  language: ['English', '中文'],
  signOut: ['退出', 'Sign out'],
  readOnly: ['只读：只有流程负责人（R-PO）可以修改', 'Read only: process owners (R-PO) may change processes'],
  signInAgain: ['登录已过期', 'Your session has expired'],
  signInAgainWhy: ['请重新登录；您的修改已保留，登录后继续保存。', 'Sign in again; your changes are kept and will be saved when you have.'],
  signInFirst: ['请登录', 'Please sign in'],
  userName: ['用户名', 'User name'],
  password: ['密码', 'Password'],
  signIn: ['登录', 'Sign in'],
  signInFailed: ['登录失败', 'Sign-in failed'],
  otherPerson: ['这是另一个人的账号；页面将重新载入，{name} 的未保存修改保留在本机。', 'That is another person’s account; the page reloads, unsaved changes of {name} stay on this computer.'],
  forbidden: ['没有权限', 'Not permitted'],
  saving: ['保存中…', 'Saving…'],
  saved: ['已保存 {time}', 'Saved {time}'],
  notSaved: ['未保存', 'Not saved'],
  offline: ['连不上服务器；修改已保留在本机，正在重试。', 'The server cannot be reached; your changes are kept on this computer and will be sent again.'],
  retryNow: ['立即重试', 'Try again now'],
  staleTitle: ['别人已经修改了这个流程', 'Somebody else has changed this process'],
  staleKeep: ['您的修改没有保存，也没有丢失：可以查看对方的版本（您的修改保留在本机），或者用您的版本继续（对方的修改仍在修订记录里）。',
    'Your changes were not saved and are not lost: look at the other version (yours stays on this computer), or go on with yours (theirs stays in the revisions).'],
  staleTheirs: ['查看对方的版本', 'Show theirs'],
  staleMine: ['用我的版本继续', 'Go on with mine'],
  draftFound: ['本机保留着 {time} 没有保存成功的修改。', 'This computer keeps changes of {time} that were never saved.'],
  restore: ['恢复', 'Restore'],
  discard: ['丢弃', 'Discard'],
  emptied: ['这次保存会删除全部 {count} 个步骤，已拦下。', 'This save would remove all {count} steps; it was stopped.'],
  emptiedConfirm: ['确实要删除全部步骤', 'Yes, remove all steps'],
  emptiedReload: ['重新载入，保留步骤', 'Reload and keep the steps'],
  othersHere: ['{names} 也打开了这个流程。', '{names} also has this process open.'],
  othersSaved: ['{name} 在 {time} 保存了新的修订。', '{name} saved a newer revision at {time}.'],
  reload: ['重新载入', 'Reload'],
  close: ['关闭', 'Close'],
  cancel: ['取消', 'Cancel'],
  problems: ['发布前要解决的问题', 'To be solved before publishing'],
  problemsNone: ['没有问题。', 'No problems.'],
  publishTitle: ['发布', 'Publish'],
  publishDo: ['发布', 'Publish'],
  publishBusy: ['发布中…', 'Publishing…'],
  publishDone: ['第 {version} 版已发布。', 'Version {version} is published.'],
  publishChanges: ['与上一个已发布版本相比', 'Compared with the last published version'],
  publishFirst: ['这是第一个版本。', 'This is the first version.'],
  publishNoChange: ['没有变化。', 'Nothing has changed.'],
  publishEffect: ['对在办案件的影响', 'Effect on open cases'],
  publishFrom: ['生效日期（空 = 立即）', 'In force from (empty = at once)'],
  publishRegion: ['适用区域（空 = 全省）', 'For region (empty = everywhere)'],
  publishLoading: ['正在比较…', 'Comparing…'],
  revisions: ['修订记录', 'Revisions'],
  revisionBack: ['恢复到这一修订', 'Go back to this one'],
  loading: ['正在载入设计器…', 'Loading the designer…'],
  testRun: ['测试案件（不通知任何人，不进入待办和统计）', 'Test case (tells nobody, is in no task list and no figures)'],
  virtualTime: ['虚拟时间', 'Virtual time'],
  incidents: ['待处理的异常', 'Incidents to be handled'],
  retry: ['重试', 'Retry'],
  skip: ['跳过 → {outcome}', 'Skip → {outcome}'],
  reason: ['请填写跳过的原因', 'Why is it skipped?'],
  nextTimer: ['快进到下一个定时（{time}）', 'Skip forward to the next timer ({time})'],
  muted: ['未发出的消息：{count}', 'Messages not sent: {count}'],
  copyKept: ['您的修改保留在本机。', 'Your changes stay on this computer.'],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof words;

const pageLanguage: Language = document.documentElement.lang === 'en' ? 'en' : 'zh-CN';

/** The language of this page. The server chose it from the `pw-lang` cookie or the browser's languages. */
export const language: Language = pageLanguage;

/** One of our words in the page's language, with `{name}` parts filled in. */
export function say(word: Word, parts: Record<string, string | number> = {}): string {
  return words[word][pageLanguage === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (whole, part: string) => String(parts[part] ?? whole));
}

/** Hours and minutes of an instant, in the reader's zone; with the date when it is not today. */
export function clock(at: Date): string {
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(pageLanguage, today
    ? { hour: '2-digit', minute: '2-digit' }
    : { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** Switches the language of the page, the desk and the Studio, and loads the page again. */
export function switchLanguage(): void {
  const next: Language = pageLanguage === 'en' ? 'zh-CN' : 'en';
  document.cookie = `pw-lang=${next}; path=/; max-age=31536000; samesite=lax`;
  localStorage.setItem('pw-lang', next);
  location.reload();
}

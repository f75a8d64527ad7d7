/**
 * Stands where the form library's test helper looks for its compiling validator. That one needs eval, which the content
 * security policy forbids, so it is not even installed; `validator.ts` interprets schemas instead.
 */
export default undefined;

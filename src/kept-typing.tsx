import type { Form } from '#access'
import { Button, type Furniture, PostForm, renderPage } from '#ui'

/** Whether somebody typed or chose anything: fields that begin with _ are the page's own. */
export const hasTyped = (form: Form): boolean =>
  Object.entries(form.typed).some(([field, text]) => !field.startsWith('_') && text.trim() !== '')

/**
 * What somebody sent after their sign-in had ended, kept in the page they read instead: they sign in beside it and send it again.
 * It is saved only by a button that says whose name it is saved in, for another may have signed in at the same desk.
 *
 * @param furniture of whoever is signed in now, or of nobody.
 */
export function keptTypingPage(furniture: Furniture, kept: { readonly action: string; readonly form: Form }) {
  const { caller } = furniture
  return renderPage({
    furniture,
    title: caller ? 'Save what you typed' : 'You were signed out',
    lead: caller
      ? `You are signed in as ${caller.name}. This was typed before, and is not saved yet.`
      : 'Nothing is saved yet. What you typed is kept in this page: leave it open.',
    children: (
      <>
        {!caller && (
          <p>
            First{' '}
            <a href="/sign-in" target="_blank" rel="noopener">
              sign in again (opens in a new tab)
            </a>
            . Then come back to this page.
          </p>
        )}
        <PostForm action={kept.action}>
          {Object.keys(kept.form.typed)
            .filter((field) => field !== '_csrf')
            .flatMap((field) =>
              kept.form.all(field).map((text, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
                <input key={`${field} ${at}`} type="hidden" name={field} value={text} />
              )),
            )}
          <Button>{caller ? `Save as ${caller.name}` : 'I have signed in: go on'}</Button>
        </PostForm>
        {caller && <p>If you are somebody else, do not save: sign out, and let them sign in.</p>}
      </>
    ),
  })
}

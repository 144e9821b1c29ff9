import type { IncomingHttpHeaders } from 'node:http'
import type { Form } from '#access'
import { timeWords } from '#calendar'
import { Button, type Furniture, PostForm, renderPage } from '#ui'
import { bareFurniture } from './furniture.ts'

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
          <Kept form={kept.form} />
          <Button>{caller ? `Save as ${caller.name}` : 'I have signed in: go on'}</Button>
        </PostForm>
        {caller && <p>If you are somebody else, do not save: sign out, and let them sign in.</p>}
      </>
    ),
  })
}

/** What was sent, to be sent again as it is. */
function Kept({ form }: { readonly form: Form }) {
  return Object.keys(form.typed)
    .filter((field) => field !== '_csrf')
    .flatMap((field) =>
      form.all(field).map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <input key={`${field} ${at}`} type="hidden" name={field} value={text} />
      )),
    )
}

/** Whether the browser says outright that a form is of our page: what it sent is shown again, so silence is not enough. */
export const isSurelyOurs = (baseUrl: string, headers: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-site'] ? headers['sec-fetch-site'] === 'same-origin' : headers.origin === baseUrl

/**
 * Whether what somebody sent may be shown to them again: typed into a page of ours while signed in. A form of somebody not signed in
 * may hold a password, and is not.
 */
export const mayBeKept = (form: Form, baseUrl: string, headers: IncomingHttpHeaders): boolean =>
  isSurelyOurs(baseUrl, headers) && form.text('_csrf') !== '' && hasTyped(form)

/**
 * What somebody sent and we could not save, because of us: they need not type it again. It needs no database.
 *
 * @param isDiskFull whether there was no room for it, which an administrator can put right.
 */
export function notSavedPage(
  fault: { readonly reference: string; readonly at: Date; readonly isDiskFull: boolean },
  kept: { readonly action: string; readonly form: Form },
): string {
  const { reference, at, isDiskFull } = fault
  const why = isDiskFull
    ? 'The disk of this installation is full, so nothing new can be saved.'
    : 'Something went wrong on our side.'
  return renderPage({
    // Their own token, as they sent it: nobody can be asked who they are.
    furniture: { ...bareFurniture, csrfToken: kept.form.text('_csrf') },
    title: isDiskFull ? 'There is no room to save this' : 'Sorry, there is a problem with Keyworker',
    lead: `${why} What you sent at ${timeWords(at)} is not saved. It is kept in this page: leave it open. Reference ${reference}.`,
    children: (
      <>
        <p>
          {isDiskFull
            ? 'Tell your administrator now that the disk is full. What was saved before is not lost. When there is room again, send it once more.'
            : 'Send it once more. If it happens again, tell your administrator the reference.'}
        </p>
        <PostForm action={kept.action}>
          <Kept form={kept.form} />
          <Button>Send it again</Button>
        </PostForm>
      </>
    ),
  })
}

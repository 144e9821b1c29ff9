import { SkipLink } from 'nhsuk-react-components'
import { Button, PostForm } from './form.tsx'
import { asHtml, type Html, html } from './html.ts'
import { placesIn } from './places.ts'
import { postIn, sendIn } from './post-in.ts'
import { inThrees, toDial } from './telephone-words.ts'
import { type Furniture, furnitureAddresses } from './types.ts'

/** Everything above the page: the way past it, the demonstration strip, who is signed in, where they may go. */
export function PageTop({ furniture, slim }: { readonly furniture: Furniture; readonly slim: boolean }) {
  return (
    <>
      <SkipLink />
      {furniture.synthetic && <DemonstrationStrip furniture={furniture} />}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it */}
      <header className="kw-header" dangerouslySetInnerHTML={asHtml(headerIn(furniture, slim))} />
    </>
  )
}

// On every page: written as text, which takes a third of React's time.
function headerIn({ caller, navigation, hasSearch, csrfToken }: Furniture, slim: boolean): Html {
  const places = navigation.length > 0 && !slim
  return html`<div class="kw-width kw-header__row"><a class="kw-header__word-mark" href="${
    furnitureAddresses.home
  }">Keyworker</a>${hasSearch && !slim && searchIn(csrfToken)}${caller && accountIn(caller, csrfToken)}</div>${
    places &&
    html`<nav class="kw-navigation" aria-label="Main"><ul class="kw-width">${placesIn(navigation)}</ul></nav>`
  }`
}

function DemonstrationStrip({ furniture }: { readonly furniture: Furniture }) {
  const { townName, isTraining } = furniture
  return (
    <aside className="kw-strip" aria-label="Demonstration">
      <p className="kw-width">
        <b>{isTraining ? 'Training' : 'Demonstration'}</b>{' '}
        {townName ? `${townName} is a made-up town. Nobody in it is real.` : 'Nobody here is real.'}{' '}
        <b className="kw-strip__synthetic">SYNTHETIC</b>
      </p>
    </aside>
  )
}

const iconIn = (lines: Html): Html =>
  html`<svg class="kw-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">${lines}</svg>`

const magnifier = iconIn(
  html`<circle cx="10.5" cy="10.5" r="6.5"></circle><path d="M15.5 15.5 21 21"></path>`,
)

const head = iconIn(
  html`<circle cx="12" cy="12" r="10"></circle><circle class="kw-icon__filled" cx="12" cy="9" r="3.5"></circle><path class="kw-icon__filled" d="M5.5 18a6.5 5 0 0 1 13 0 10 10 0 0 1-13 0Z"></path>`,
)

const searchBox = html`<label class="nhsuk-u-visually-hidden" for="find-person">Find a person: name, NHS number or postcode</label><input class="kw-search__box" id="find-person" type="search" placeholder="Name, NHS number or postcode" autocomplete="off" data-key="F" aria-keyshortcuts="Alt+Shift+F" name="words"/><button class="kw-search__button" type="submit">${magnifier}<span class="nhsuk-u-visually-hidden">Find</span></button>`

/** Sent as a POST, so that no name, NHS number or birth date is left in an address. */
const searchIn = (csrfToken: string): Html =>
  html`<search class="kw-search">${postIn({ action: furnitureAddresses.find, fields: { _csrf: csrfToken }, layout: 'row' }, searchBox)}</search>`

function accountIn(caller: NonNullable<Furniture['caller']>, csrfToken: string): Html {
  const { name, roleName, placeName, mayChangePost } = caller
  const change = mayChangePost && html` <a href="${furnitureAddresses.changePost}">Change post</a>`
  const signOut = postIn(
    { action: furnitureAddresses.signOut, fields: { _csrf: csrfToken } },
    sendIn('Sign out'),
  )
  return html`<div class="kw-account"><span class="kw-account__name">${head}${name}</span><span class="kw-account__post">${roleName}, ${placeName}${change}</span>${signOut}</div>`
}

/** What stands below every page: help, how fresh the sources are, and that opening is recorded. */
export function PageFoot({ furniture }: { readonly furniture: Furniture }) {
  const { footerLinks = [], helpTelephone, freshness, caller, day } = furniture
  const links = footerLinks.map(({ href, words }) => html`<li><a href="${href}">${words}</a></li>`)
  const fresh = freshness.map((said) => `${said}. `.replace('.. ', '. ')).join('')
  const ring = helpTelephone && html`<li>Stuck? Ring ${toRingIn(helpTelephone)}</li>`
  const written = html`<div class="kw-width"><ul>${links}${ring}</ul><p>${day && `Today is ${day}. `}${fresh}${
    caller && 'Everything you open is recorded.'
  }</p></div>`
  // biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it
  return <footer className="kw-footer" dangerouslySetInnerHTML={asHtml(written)} />
}

/** A number as a link, and its hours: "01632 960 100, 8am to 6pm". */
export function WhomToRing({ told }: { readonly told: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it
  return <span dangerouslySetInnerHTML={asHtml(toRingIn(told))} />
}

function toRingIn(told: string): Html {
  const [number = '', ...hours] = told.split(',')
  return html`<a class="kw-telephone" href="${toDial(number)}">${inThrees(number)}</a>${hours.map((words) => html`,${words}`)}`
}

/** A quiet line that says what was saved, with the way to take it back. */
export function SavedLine({ saved }: { readonly saved: NonNullable<Furniture['wasSaved']> }) {
  return (
    <div className="kw-saved" role="status">
      <p>{saved.words}</p>
      {saved.undo && (
        <PostForm action={saved.undo.action} layout="row">
          {Object.entries(saved.undo.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button kind="link" about={saved.words}>
            Undo
          </Button>
        </PostForm>
      )}
    </div>
  )
}

/** What a stranger may try on this page of the demonstration. */
export function WhatToTry({ tips }: { readonly tips: NonNullable<Furniture['whatToTry']> }) {
  return (
    <aside className="kw-try" aria-label="What to try">
      <h2>What to try</h2>
      <ul>
        {tips.lines.map(({ href, words }) => (
          <li key={href}>
            <a href={href}>{words}</a>
          </li>
        ))}
      </ul>
      <PostForm action={tips.closeAction} layout="row">
        <Button kind="link" about="the suggestions">
          Close
        </Button>
      </PostForm>
    </aside>
  )
}

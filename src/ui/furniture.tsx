import { SkipLink } from 'nhsuk-react-components'
import { Telephone } from './banner.tsx'
import { Button, PostForm } from './form.tsx'
import { type Furniture, furnitureAddresses } from './types.ts'

/** Everything above the page: the way past it, the demonstration strip, who is signed in, where they may go. */
export function PageTop({ furniture, slim }: { readonly furniture: Furniture; readonly slim: boolean }) {
  const { synthetic, caller, navigation, hasSearch } = furniture
  return (
    <>
      <SkipLink />
      {synthetic && <DemonstrationStrip furniture={furniture} />}
      <header className="kw-header">
        <div className="kw-width kw-header__row">
          <a className="kw-header__word-mark" href={furnitureAddresses.home}>
            Keyworker
          </a>
          {hasSearch && !slim && <PersonSearch />}
          {caller && <Account caller={caller} />}
        </div>
        {navigation.length > 0 && !slim && (
          <nav className="kw-navigation" aria-label="Main">
            <ul className="kw-width">
              {navigation.map(({ href, label, isCurrent }) => (
                <li key={href}>
                  <a href={href} aria-current={isCurrent ? 'page' : undefined}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>
    </>
  )
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

/** Sent as a POST, so that no name, NHS number or birth date is left in an address. */
function PersonSearch() {
  return (
    <search className="kw-search">
      <PostForm action={furnitureAddresses.find} layout="row">
        <label className="nhsuk-u-visually-hidden" htmlFor="find-person">
          Find a person: name, NHS number or postcode
        </label>
        <input
          className="kw-search__box"
          id="find-person"
          name="words"
          type="search"
          placeholder="Name, NHS number or postcode"
          autoComplete="off"
          data-key="F"
          aria-keyshortcuts="Alt+Shift+F"
        />
        <button className="kw-search__button" type="submit">
          <svg
            className="kw-icon"
            viewBox="0 0 24 24"
            width="24"
            height="24"
            aria-hidden="true"
            focusable="false"
          >
            <circle cx="10.5" cy="10.5" r="6.5" />
            <path d="M15.5 15.5 21 21" />
          </svg>
          <span className="nhsuk-u-visually-hidden">Find</span>
        </button>
      </PostForm>
    </search>
  )
}

function Account({ caller }: { readonly caller: NonNullable<Furniture['caller']> }) {
  const { name, roleName, placeName, mayChangePost } = caller
  return (
    <div className="kw-account">
      <span className="kw-account__name">
        <svg
          className="kw-icon"
          viewBox="0 0 24 24"
          width="24"
          height="24"
          aria-hidden="true"
          focusable="false"
        >
          <circle cx="12" cy="12" r="10" />
          <circle className="kw-icon__filled" cx="12" cy="9" r="3.5" />
          <path className="kw-icon__filled" d="M5.5 18a6.5 5 0 0 1 13 0 10 10 0 0 1-13 0Z" />
        </svg>
        {name}
      </span>
      <span className="kw-account__post">
        {roleName}, {placeName}
        {mayChangePost && (
          <>
            {' '}
            <a href={furnitureAddresses.changePost}>Change post</a>
          </>
        )}
      </span>
      <PostForm action={furnitureAddresses.signOut}>
        <Button kind="link">Sign out</Button>
      </PostForm>
    </div>
  )
}

/** What stands below every page: help, how fresh the sources are, and that opening is recorded. */
export function PageFoot({ furniture }: { readonly furniture: Furniture }) {
  const { footerLinks = [], helpTelephone, freshness, caller, day } = furniture
  return (
    <footer className="kw-footer">
      <div className="kw-width">
        <ul>
          {footerLinks.map(({ href, words }) => (
            <li key={href}>
              <a href={href}>{words}</a>
            </li>
          ))}
          {helpTelephone && (
            <li>
              Stuck? Ring <WhomToRing told={helpTelephone} />
            </li>
          )}
        </ul>
        <p>
          {day && `Today is ${day}. `}
          {freshness.map((said) => `${said}. `.replace('.. ', '. ')).join('')}
          {caller && 'Everything you open is recorded.'}
        </p>
      </div>
    </footer>
  )
}

/** A number as a link, and its hours: "01632 960 100, 8am to 6pm". */
export function WhomToRing({ told }: { readonly told: string }) {
  const [number = '', ...hours] = told.split(',')
  return (
    <>
      <Telephone number={number} />
      {hours.map((words) => `,${words}`).join('')}
    </>
  )
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

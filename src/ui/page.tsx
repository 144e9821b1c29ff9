import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { assetAddresses } from './assets.ts'
import { IdentityBanner } from './banner.tsx'
import { FormContext, PageContext } from './context.ts'
import { PageFoot, PageTop, SavedLine, WhatToTry } from './furniture.tsx'
import { Tabs } from './panels.tsx'
import { SyntheticStamp } from './stamp.tsx'
import { withWholeNumbers } from './telephone-words.ts'
import type { PageContents, Problem } from './types.ts'

/**
 * A whole page as HTML, ready to send.
 *
 * Problems put "Error: " first in the title and a summary with links above the page; send it with 422.
 * The title stays in the browser's history, so it never holds a name.
 */
export function renderPage(page: PageContents): string {
  return withWholeNumbers(`<!DOCTYPE html>${renderToStaticMarkup(<Page page={page} />)}`)
}

function Page({ page }: { readonly page: PageContents }) {
  const { furniture, problems = [], typed, slim = false } = page
  const facts = { csrfToken: furniture.csrfToken, synthetic: furniture.synthetic }
  return (
    <html lang="en-GB">
      <PageHead
        title={problems.length > 0 ? `Error: ${page.title}` : page.title}
        refreshSeconds={page.refreshSeconds}
      />
      <body className={classOfBody(page)}>
        <PageContext value={facts}>
          <FormContext value={{ problems, typed }}>
            {furniture.synthetic && (
              <p className="kw-paper-stamp" aria-hidden="true">
                SYNTHETIC. Not a real person.
              </p>
            )}
            <PageTop furniture={furniture} slim={slim} />
            {page.banner && <IdentityBanner person={page.banner} />}
            <div className="kw-width">
              {furniture.whatToTry && <WhatToTry tips={furniture.whatToTry} />}
              <Before page={page} />
              <Main page={page} />
            </div>
            <PageFoot furniture={furniture} />
          </FormContext>
        </PageContext>
      </body>
    </html>
  )
}

function classOfBody({ furniture, text = 'work' }: PageContents): string {
  const roomy = furniture.isRoomy ? ' kw-body--roomy' : ''
  const synthetic = furniture.synthetic ? ' kw-body--synthetic' : ''
  return `kw-body kw-body--${text}${roomy}${synthetic}`
}

function Main({ page }: { readonly page: PageContents }) {
  const { furniture, problems = [] } = page
  return (
    <main className="kw-main" id="maincontent">
      {furniture.wasSaved && <SavedLine saved={furniture.wasSaved} />}
      {problems.length > 0 && <ErrorList problems={problems} />}
      {!page.hasOwnHeading && <PageHeading page={page} />}
      {page.children}
    </main>
  )
}

function PageHead({ title, refreshSeconds }: Pick<PageContents, 'title' | 'refreshSeconds'>) {
  return (
    <head>
      <meta charSet="utf-8" />
      <title>{`${title} - Keyworker`}</title>
      {refreshSeconds && <meta httpEquiv="refresh" content={String(refreshSeconds)} />}
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="theme-color" content="#005eb8" />
      <link rel="icon" href={assetAddresses.icon} type="image/svg+xml" />
      <link rel="stylesheet" href={assetAddresses.nhsStylesheet} />
      <link rel="stylesheet" href={assetAddresses.stylesheet} />
      <script type="module" src={assetAddresses.script} />
    </head>
  )
}

function Before({ page: { back, tabs } }: { readonly page: PageContents }): ReactNode {
  return (
    <>
      {tabs && <Tabs tabs={tabs} label="About this person" />}
      {back && (
        <nav className="kw-back" aria-label="Back">
          <a href={back.href}>{back.words}</a>
        </nav>
      )}
    </>
  )
}

function PageHeading({ page }: { readonly page: PageContents }) {
  const { furniture, title, heading = title, isHeadingHidden, caption, lead, acts, isStamped } = page
  const words = <h1 className={isHeadingHidden ? 'nhsuk-u-visually-hidden' : undefined}>{heading}</h1>
  if (isHeadingHidden) {
    return (
      <>
        {words}
        {acts && <div className="kw-heading__acts">{acts}</div>}
      </>
    )
  }
  return (
    <div className="kw-heading">
      <div className="kw-heading__words">
        {caption && <p className="kw-heading__caption">{caption}</p>}
        {words}
      </div>
      {(acts || (isStamped && furniture.synthetic)) && (
        <div className="kw-heading__acts">
          {isStamped && <SyntheticStamp />}
          {acts}
        </div>
      )}
      {lead && <p className="kw-lead">{lead}</p>}
    </div>
  )
}

/** What there is to put right, each a link to its field. It takes the focus when the page arrives. */
export function ErrorList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className="nhsuk-error-summary" data-module="nhsuk-error-summary">
      <div role="alert">
        <h2 className="nhsuk-error-summary__heading">There is a problem</h2>
        <div className="nhsuk-error-summary__body">
          <ul className="nhsuk-list nhsuk-error-summary__list">
            {problems.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                <a href={`#${field}`}>{message}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

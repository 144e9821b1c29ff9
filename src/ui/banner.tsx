import { Tag } from './panels.tsx'
import { inThrees, toDial } from './telephone-words.ts'
import type { AllergyState, BannerPerson } from './types.ts'

/**
 * Who this page is about, on every page about one person. It stays in sight while the page scrolls; on
 * a telephone the name, birth date, NHS number and allergy stay and the rest scrolls away.
 */
export function IdentityBanner({ person }: { readonly person: BannerPerson }) {
  const { familyName, givenName, title, hasSimilarName } = person
  const died = diedWords(person)
  return (
    <section
      className={died ? `kw-banner kw-banner--${died.kind}` : 'kw-banner'}
      aria-label={died ? `Person, ${died.words.charAt(0).toLowerCase()}${died.words.slice(1)}` : 'Person'}
    >
      <div className="kw-banner__core">
        <div className="kw-banner__in">
          {died && <strong className="kw-banner__died">{died.words}</strong>}
          <span className="kw-banner__name">
            <b>
              {familyName.toLocaleUpperCase('en-GB')}, {givenName}
            </b>
            {title && ` (${title})`}
          </span>
          <Facts person={person} />
          {hasSimilarName && (
            <span className="kw-banner__similar">
              <Tag colour="yellow">Another patient has a similar name</Tag>
            </span>
          )}
          <span className="kw-banner__allergy">
            <AllergyTag allergy={person.allergy} />
          </span>
        </div>
      </div>
      <Rest person={person} />
    </section>
  )
}

function diedWords({ diedOn, deathUnconfirmed }: BannerPerson) {
  if (!diedOn) return undefined
  return deathUnconfirmed
    ? { kind: 'unconfirmed', words: `Recorded as died ${diedOn}, not confirmed` }
    : { kind: 'died', words: `Died ${diedOn}` }
}

function Facts({ person }: { readonly person: BannerPerson }) {
  const { bornOn, ageYears, sexWords, nhsNumber } = person
  return (
    <>
      <span className="kw-banner__fact">
        <span className="kw-second">Born</span> <b>{bornOn}</b>
        {ageYears !== undefined && ` (${ageYears})`}
      </span>
      <b className="kw-banner__fact">{sexWords}</b>
      <span className="kw-banner__fact">
        <span className="kw-second">NHS number</span>{' '}
        {nhsNumber ? <b>{nhsNumber}</b> : <Tag colour="yellow">Not known</Tag>}
      </span>
    </>
  )
}

function Rest({ person }: { readonly person: BannerPerson }) {
  const { address, caseManager, tags = [], likesToBeCalled, deathUnconfirmed } = person
  return (
    <div className="kw-banner__rest">
      <div className="kw-banner__in">
        {deathUnconfirmed && <span className="kw-banner__unconfirmed">{deathUnconfirmed}</span>}
        <span className="kw-banner__manager">
          <span className="kw-second">Case manager</span> <b>{caseManager?.name ?? 'none'}</b>
          {caseManager?.telephone && (
            <>
              , <Telephone number={caseManager.telephone} />
            </>
          )}
        </span>
        {address && <Address words={address} />}
        {tags.map(({ colour, words }) => (
          <span className="kw-banner__tag" key={words}>
            <Tag colour={colour}>{words}</Tag>
          </span>
        ))}
        {likesToBeCalled && (
          <span className="kw-banner__called kw-second">Likes to be called {likesToBeCalled}</span>
        )}
      </div>
    </div>
  )
}

/** A number to ring: in groups to read out, dials on a telephone, and is never broken over two lines. */
export function Telephone({ number }: { readonly number: string }) {
  return (
    <a className="kw-telephone" href={toDial(number)}>
      {inThrees(number)}
    </a>
  )
}

/** Red, grey and yellow: recorded, known to be none, and nobody has written it down. Three facts, never one. */
export function AllergyTag({ allergy }: { readonly allergy: AllergyState }) {
  if (allergy.state === 'recorded') return <Tag colour="red">Allergy: {allergy.words}</Tag>
  if (allergy.state === 'none known') {
    return <Tag colour="grey">No known allergies, checked {allergy.checkedOn}</Tag>
  }
  return <Tag colour="yellow">Allergies not recorded</Tag>
}

/** An address whose postcode is never broken over two lines. */
function Address({ words }: { readonly words: string }) {
  const [, before = words, postcode] = /^(.*?)([A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$/.exec(words) ?? []
  return (
    <span className="kw-banner__address">
      {before}
      {postcode && <span className="kw-whole">{postcode}</span>}
    </span>
  )
}

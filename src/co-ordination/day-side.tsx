import { PrintButton, Section, SummaryList, Tag } from '#ui'
import { coverAddress } from './cover-page.tsx'
import type { DayPage } from './day-load.ts'
import { firstContactsAddress } from './first-contact-rows.tsx'
import { mayHandOver } from './hand-over-actions.ts'
import { handOverAddress } from './hand-over-page.tsx'
import { daysSilent, isNotHeardFrom } from './rules.ts'

/** Beside the day: who has not been heard from, the caseload, and paper. */
export function Side({ page }: { readonly page: DayPage }) {
  const may = page.visit.caller.activities
  const hasPeople = may.has('see people') && page.mine.length + page.theirs.length > 0
  return (
    <>
      {hasPeople && (
        <>
          <NotHeardFrom page={page} />
          <YourPeople page={page} />
        </>
      )}
      {!hasPeople && may.has('see people') && <YourTeam page={page} />}
      <Section heading="Take it with you" isRuled={false}>
        <PrintButton>Print my day</PrintButton>
        {hasPeople && (
          <p>
            <a href="/my-people?mine=yes">Your people</a>
          </p>
        )}
        {may.has('see people') && (
          <p>
            <a href={firstContactsAddress}>Who waits for a first contact</a>
          </p>
        )}
      </Section>
      <Section heading="Going away, or leaving?" isRuled={false}>
        <p>
          <a href={coverAddress}>Who covers for whom</a>
        </p>
        {may.has(mayHandOver) && (
          <p>
            <a href={handOverAddress}>Hand a caseload over</a>
          </p>
        )}
      </Section>
    </>
  )
}

// Whoever holds nobody reads how the team stands: whom to give the next person to, and whose list to look through.
function YourTeam({ page: { caseManagers } }: { readonly page: DayPage }) {
  if (caseManagers.length === 0) return null
  return (
    <Section heading="Your team" isRuled={false}>
      <SummaryList
        rows={caseManagers.map(({ staffId, name, held }) => ({
          label: name,
          value: (
            <a href={`/my-people?owner=${staffId}`}>
              {held} open {held === 1 ? 'episode' : 'episodes'}
              <span className="nhsuk-u-visually-hidden"> of {name}</span>
            </a>
          ),
        }))}
      />
    </Section>
  )
}

function NotHeardFrom({ page }: { readonly page: DayPage }) {
  const { today } = page.visit
  const silent = [...page.mine, ...page.theirs]
    .filter(({ personId }) => !page.died.has(personId))
    .filter((person) => isNotHeardFrom(person, today))
    .toSorted((a, b) => daysSilent(b, today) - daysSilent(a, today))
  return (
    <Section heading="Not heard from" count={silent.length} isRuled={false}>
      {silent.length === 0 ? (
        <p>Somebody was in touch with each of your people in the time their programme allows.</p>
      ) : (
        <ul>
          {silent.slice(0, 7).map((person) => (
            <li key={person.personId}>
              <a href={`/people/${person.personId}/contacts/record?from=my-day`}>
                {person.givenName} {person.familyName}
              </a>
              <br />
              {daysSilent(person, today)} days, programme says {person.reviewEveryDays}
              {page.theirs.includes(person) && `. With ${person.ownerName}`}
            </li>
          ))}
        </ul>
      )}
      {silent.length > 7 && (
        <p>
          <a href="/my-people?silent=yes&mine=yes">See all {silent.length}</a>
        </p>
      )}
    </Section>
  )
}

function YourPeople({ page }: { readonly page: DayPage }) {
  const { mine, mix } = page
  const active = mine.filter(({ stage }) => stage === 'active' || stage === 'offered').length
  const limits = page.programmes
    .filter(({ template }) => template.caseload.unit === 'worker' || template.caseload.unit === 'nurse')
    .filter(({ template }) => mine.some(({ programmeName }) => programmeName === template.name))
    .map(({ template }) => template.caseload.limit)
  const limit = limits.length > 0 ? Math.min(...limits) : undefined
  return (
    <Section heading="Your people" isRuled={false}>
      <SummaryList
        rows={[
          {
            label: 'Active',
            value: (
              <>
                {limit ? `${active} of ${limit}` : active}{' '}
                {limit !== undefined && active > limit && <Tag colour="yellow">Over</Tag>}
              </>
            ),
          },
          { label: 'Monitoring', value: mine.filter(({ stage }) => stage === 'monitoring').length },
          { label: 'Face to face', value: mixWords(mix) },
        ]}
      />
    </Section>
  )
}

// A share needs 10 contacts behind it; below that the counts say more.
function mixWords({ faceToFace, byTelephone }: DayPage['mix']): string {
  const all = faceToFace + byTelephone
  if (all === 0) return 'No contact in 3 months'
  if (all < 10) return `${faceToFace} of ${all} contacts in 3 months`
  return `${Math.round((100 * faceToFace) / all)}% in 3 months`
}

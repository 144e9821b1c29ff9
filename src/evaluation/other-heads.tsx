import type { ReactNode } from 'react'
import type { StaffVisit } from '#access'
import { Section, SummaryList } from '#ui'
import { peopleSay } from './newest.ts'
import type { Question } from './one-page-words.ts'
import { staffQuestion } from './staff-rules.ts'
import { staffSaid } from './staff-store.ts'
import { valueQuestion } from './value-words.ts'

/**
 * What people and staff say of a whole programme: stands beside every table of the use of care, which is never shown alone.
 *
 * @source requirements S-04: three heads, and the head of utilisation refused by itself.
 * @throws Refused when the role does not see evaluation.
 */
export async function otherHeads(visit: StaffVisit, programmeId: string): Promise<ReactNode> {
  const people = valueQuestion(await peopleSay(visit, programmeId))
  const staff = staffQuestion(await staffSaid(visit.db))
  return (
    <Section heading="What people and staff say">
      <p className="kw-second">
        Of the whole programme: so few answer in a group that it could not be told by group.
      </p>
      <SummaryList
        rows={[
          { label: 'People helped', value: headSaid(people) },
          { label: 'Staff', value: headSaid(staff) },
        ]}
      />
    </Section>
  )
}

const headSaid = ({ sure, answer, evidence }: Question) =>
  [`${sure === 'Not measured' ? 'No data. ' : ''}${answer}.`, ...evidence].join(' ')

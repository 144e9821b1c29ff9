import { type Answer, type Asked, permit, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { aboutPerson, leadEpisode, nameToSearch, personTabs } from '#people'
import { DocumentBox, DocumentPage, DocumentPart, PrintButton, renderPage } from '#ui'
import { wantedInstrument } from './ask-page.tsx'
import type { Question } from './types.ts'

/**
 * One measure on paper, for somebody who would rather fill it in by hand: the words as they stand, a box for each answer,
 * whose it is, and on one about self-harm what to do at once, because nobody reads it before it comes back.
 */
export async function showPaper(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'write plans',
    part: 'whole',
    purpose: 'direct care',
    verb: 'print a measure to be filled in',
  })
  const instrument = await wantedInstrument(visit, asked)
  const { banner, called, person, episodes } = await aboutPerson(visit, leave)
  const team = leadEpisode(episodes)?.teamName ?? visit.caller.organisation.name
  const born = person.bornOn ? `, born ${dateWords(person.bornOn)}` : ''
  const html = renderPage({
    furniture: asked.furniture,
    title: `${instrument.name} on paper`,
    isHeadingHidden: true,
    banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}/measures/${instrument.key}`, words: 'Back to the questions' },
    acts: <PrintButton>Print</PrintButton>,
    children: (
      <DocumentPage
        heading={`Questions for ${called}`}
        foot={`${instrument.credit} Printed on ${dateWords(visit.today)} by ${visit.caller.name}, ${team}.`}
      >
        <DocumentBox>
          {nameToSearch(person)}
          {born}. Give it back to {team}. Filled in on: ____ / ____ / ________ by: ______________________
        </DocumentBox>
        {instrument.alert && (
          <DocumentBox isThick>
            Nobody reads this before it comes back. If you might hurt yourself, or life is in danger, ring{' '}
            <b>999</b>. For urgent mental health help at any hour ring <b>111</b> and choose the mental health
            option.
          </DocumentBox>
        )}
        <DocumentPart heading={instrument.name}>
          <p>{instrument.stem} Tick one box in each line. Leave out what you would rather not say.</p>
          <ol>
            {instrument.items.map((question) => (
              <Asking key={question.key} question={question} />
            ))}
          </ol>
          {instrument.asksWords && (
            <p>
              {instrument.asksWords}
              <br />
              ______________________________________________________________________
            </p>
          )}
        </DocumentPart>
      </DocumentPage>
    ),
  })
  return { kind: 'page', html }
}

const Asking = ({ question }: { readonly question: Question }) => (
  <li>
    {question.words}
    <br />
    {question.choices.map(({ value, words }) => (
      <span key={value}>☐ {words} &nbsp; </span>
    ))}
  </li>
)

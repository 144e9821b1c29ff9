import type { Installation } from '#organisations'
import { DataTable, type Furniture, quickKeys, renderPage, Section, SummaryList, WhomToRing } from '#ui'

/** A page about Keyworker itself, the same for everybody, signed in or not. It names no person. */
export type HelpPage = {
  readonly path: string
  /** What its link at the foot of every page says. */
  readonly words: string
  readonly html: (furniture: Furniture, kind: Installation['kind']) => string
}

/** Where to turn, what the quick keys are, how usable this is for whom, and what becomes of information. */
export const helpPages: readonly HelpPage[] = [
  { path: '/help', words: 'Help and quick keys', html: help },
  { path: '/accessibility', words: 'Accessibility', html: accessibility },
  { path: '/information', words: 'How we use information', html: information },
]

const Points = ({ of }: { readonly of: readonly string[] }) => (
  <ul className="nhsuk-list nhsuk-list--bullet">
    {of.map((words) => (
      <li key={words}>{words}</li>
    ))}
  </ul>
)

function Ask({ furniture, otherwise }: { readonly furniture: Furniture; readonly otherwise: string }) {
  const { helpTelephone } = furniture
  if (!helpTelephone) return <p>{otherwise}</p>
  return (
    <p>
      Ring <WhomToRing told={helpTelephone} />.
    </p>
  )
}

const whenStopped = [
  {
    label: 'Somebody else changed this',
    value: 'Your words are on the page. Read what was changed, then save yours or leave it.',
  },
  {
    label: 'You cannot see this',
    value:
      'You see people of your practice, your team or your ward. In an emergency follow “Open a record in an emergency” and say why: it opens at once, and somebody looks at it afterwards.',
  },
  {
    label: 'You judged somebody by mistake',
    value:
      'Press “Undo” beside them on the list, for 7 days. What was decided and that it was undone both stay.',
  },
  {
    label: 'You wrote something wrong',
    value: 'Follow “Strike this contact” and say why. It stays readable, and marked.',
  },
  {
    label: 'Sign in again',
    value:
      'After 15 minutes without a page you are signed out. What you saved is kept, and you come back to where you were.',
  },
  {
    label: 'Keyworker is away',
    value:
      'Work from paper. Lists, plans and emergency summaries can be printed: print what you need before it is planned to be away.',
  },
] as const

function help(furniture: Furniture): string {
  return renderPage({
    furniture,
    title: 'Help and quick keys',
    lead: 'What to do when a page stops you, and the keys that save a walk to the mouse.',
    text: 'reading',
    children: (
      <>
        <Section heading="If you are stuck">
          <Ask
            furniture={furniture}
            otherwise="Ask whoever looks after Keyworker in your organisation. If a page gave you a reference, tell them the reference."
          />
        </Section>
        <Section heading="When a page stops you">
          <SummaryList rows={whenStopped} />
        </Section>
        <Section heading="Quick keys">
          <p>Hold Alt and Shift and press the letter. On a Mac, Option and Shift.</p>
          <DataTable
            caption="Quick keys"
            isCaptionHidden
            columns={[
              { head: 'Keys', width: 'middle', cell: ({ key }) => <b>Alt + Shift + {key}</b> },
              { head: 'What they do', cell: ({ does }) => does },
            ]}
            rows={quickKeys}
            keyOf={({ key }) => key}
          />
          <p>A key does something only on a page that has what it is for. They need script.</p>
          <p>
            <button className="kw-button-link" type="button" data-quick-keys-switch hidden>
              Switch off quick keys on this computer
            </button>
          </p>
        </Section>
      </>
    ),
  })
}

function accessibility(furniture: Furniture): string {
  return renderPage({
    furniture,
    title: 'Accessibility',
    lead: 'Everybody who works here should be able to use every page. This says how far that is so.',
    text: 'reading',
    children: (
      <>
        <Section heading="What you can do">
          <Points
            of={[
              'use every page with the keyboard alone, or with script switched off',
              'zoom to 400%, or use a screen 320 pixels wide, without scrolling sideways',
              'read every chart as a table beside it',
              'skip to what the page is about with the first press of Tab',
              'read what went wrong at the top of a form and beside the answer, in the same words',
            ]}
          />
        </Section>
        <Section heading="How it was checked">
          <p>
            We aim for the Web Content Accessibility Guidelines 2.2, level AA. Pages are checked by axe in a
            browser each time Keyworker is changed, and a walk through every kind of page with the keyboard
            alone, at 320 pixels, is part of the tests.
          </p>
          <p>
            <b>
              Nobody independent has audited it, and it has not been tried by people who use a screen reader,
              voice control or a switch every day.
            </b>{' '}
            A check by program finds some faults and not all of them.
          </p>
        </Section>
        <Section heading="What we know is not good enough">
          <Points
            of={[
              'There is no other language than English.',
              'Pages that list 500 people are long to go through with a screen reader: use the filters, or 50 a page.',
              'The letters for quick keys cannot be changed, only switched off.',
            ]}
          />
        </Section>
        <Section heading="Tell us what stops you">
          <Ask
            furniture={furniture}
            otherwise="Tell whoever looks after Keyworker in your organisation. Your organisation’s own statement says whom to turn to if the answer is not good enough."
          />
        </Section>
      </>
    ),
  })
}

function information(furniture: Furniture, kind: Installation['kind']): string {
  return renderPage({
    furniture,
    title: 'How we use information',
    lead:
      kind === 'synthetic'
        ? 'Everybody here is made up. On real people it is used as this page says.'
        : 'What is kept about people, who sees it, and what they can ask for.',
    text: 'reading',
    children: (
      <>
        <Section heading="What is kept">
          <p>
            Who people are and where they are registered; what those who care for them write; and, under a
            pseudonym and apart from their names, what hospitals, GPs and others recorded, as far as your
            organisation loads it.
          </p>
        </Section>
        <Section heading="What it is used for">
          <Points
            of={[
              'to find the few people whose health is most likely to get worse, so that a clinician can look at their record first',
              'to give each of them one named person, a plan and the help they agreed to',
              'to tell whether that helped, counted over many people',
            ]}
          />
          <p>No program decides about anybody. A named person does, and says why.</p>
        </Section>
        <Section heading="Who sees it">
          <p>
            People who have to do with somebody’s care: their practice, their team, their ward, and in an
            emergency whoever says why. Analysts and those who pay see counts, and small counts are left out.
          </p>
          <p>
            <b>Everything anybody opens is recorded</b>, in a log that shows if it was changed. A person can
            be told who looked at their record.
          </p>
        </Section>
        <Section heading="What a person can ask for">
          <Points
            of={[
              'to know why their record was looked at, and in what it was wrong',
              'not to be looked for: an objection takes them off the lists at the next page',
              'not to have their summary shared with out-of-hours and hospital staff',
              'a copy of their plan in their own words',
            ]}
          />
          <p>
            The national data opt-out is acted on as its service answers. Your organisation’s privacy notice
            says on what legal ground all this rests, how long records are kept, and how to complain.
          </p>
        </Section>
      </>
    ),
  })
}

import { Fragment, type ReactNode } from 'react'
import {
  type BannerPerson,
  Button,
  ButtonRow,
  Checkboxes,
  Chips,
  Columns,
  CountLine,
  DataTable,
  DateField,
  Details,
  DocumentBox,
  DocumentPage,
  DocumentPart,
  dots100,
  EmptyState,
  FieldGroup,
  FieldRow,
  FileField,
  FilterBar,
  type Furniture,
  hundredBar,
  lovePlot,
  monthLines,
  Paging,
  Panel,
  PostForm,
  PrintButton,
  Quote,
  Radios,
  Row,
  RowList,
  renderPage,
  Section,
  Select,
  StatusStrip,
  Steps,
  SummaryList,
  Tag,
  type TagColour,
  Telephone,
  TextArea,
  TextField,
  Timeline,
} from '#ui'

const navigation = ['My day', 'Case-finding', 'My people', 'Inbox', 'Ward', 'Reports']

export function furnitureFor(current: string, more: Partial<Furniture> = {}): Furniture {
  return {
    synthetic: true,
    townName: 'Harrowmere',
    caller: {
      name: 'Amina Yusuf',
      roleName: 'Case manager',
      placeName: 'Quayside locality',
      mayChangePost: true,
    },
    navigation: navigation.map((label) => ({
      href: `/${label.toLowerCase().replace(' ', '-')}`,
      label,
      isCurrent: label === current,
    })),
    hasSearch: true,
    csrfToken: 'token',
    freshness: ['Hospital data to 31 March 2026.', 'GP data to 31 March 2026.'],
    helpTelephone: '01632 960 100, 8am to 6pm',
    day: 'Wednesday 1 April 2026',
    footerLinks: [
      { href: '/help', words: 'Help and quick keys' },
      { href: '/accessibility', words: 'Accessibility' },
      { href: '/information', words: 'How we use information' },
    ],
    ...more,
  }
}

export const jean: BannerPerson = {
  familyName: 'Pillay',
  givenName: 'Jean',
  title: 'Mrs',
  bornOn: '14 March 1936',
  ageYears: 90,
  sexWords: 'Female',
  nhsNumber: '999 000 1235',
  address: '7 Ropewalk, Harrowmere HM4 2QX',
  caseManager: { name: 'Amina Yusuf', telephone: '01632 960 117' },
  allergy: { state: 'recorded', words: 'penicillin (rash)' },
  tags: [
    { colour: 'white', words: 'Deaf in left ear: sit on her right' },
    { colour: 'white', words: 'Lives alone' },
    { colour: 'purple', words: 'ReSPECT form at home' },
  ],
  likesToBeCalled: 'Jean',
}

const tabs = [
  'Summary',
  'Plan',
  'Assessment',
  'Medicines',
  'Contacts',
  'Timeline',
  'Letters',
  'Who looked',
].map((label, index) => ({ href: `/person/k/${label.toLowerCase()}`, label, isCurrent: index === 0 }))

const act = (words: string, about: string, kind: 'main' | 'secondary' = 'secondary') => (
  <PostForm action="/act">
    <Button kind={kind} about={about}>
      {words}
    </Button>
  </PostForm>
)

function myDay() {
  return renderPage({
    furniture: furnitureFor('My day', {
      wasSaved: {
        words: 'Visit recorded. Next action: ring on 8 April.',
        undo: { action: '/undo', fields: { change: '12' } },
      },
      whatToTry: {
        lines: [
          { href: '/1', words: 'Answer the alert about Winston Campbell' },
          { href: '/2', words: 'Record a visit to Jean Pillay' },
        ],
        closeAction: '/close',
      },
    }),
    title: 'My day',
    caption: 'Wednesday 1 April 2026, 8:42am',
    lead: (
      <>
        <b>2 need you now</b>, 3 are overdue and 7 are due today. Next visit 10:30am, Jean Pillay.
      </>
    ),
    acts: (
      <>
        <Button kind="secondary" href="/contact" quickKey="C">
          Record a contact
        </Button>
        <Button kind="secondary" href="/task" quickKey="T">
          Add a task
        </Button>
      </>
    ),
    children: (
      <>
        <Chips
          chips={[
            { href: '/my-day', words: 'Everything', count: 16, isCurrent: true },
            { href: '/my-day?show=visits', words: 'Visits', count: 3, isCurrent: false },
            { href: '/my-day?show=calls', words: 'Calls', count: 5, isCurrent: false },
            { href: '/my-day?show=chasing', words: 'Chasing', count: 4, isCurrent: false },
            { href: '/my-day?show=decisions', words: 'Decisions', count: 2, isCurrent: false },
            { href: '/my-day?show=unclaimed', words: 'Team’s unclaimed', count: 6, isCurrent: false },
          ]}
        />
        <Columns
          split="narrow"
          main={
            <>
              <Section heading="Now" count={2}>
                <RowList>
                  <Row
                    who="Winston Campbell, 83"
                    what={<a href="/w">In A&amp;E since 6:10am</a>}
                    why="Harrowmere General. Breathless, came by ambulance"
                    clock={<Tag colour="red">Answer by 9:10am</Tag>}
                    act={act('Answer', 'about Winston Campbell', 'main')}
                  />
                  <Row
                    who="Grażyna Wójcik, 75"
                    what={<a href="/g">Weight up 2.4 kg in 3 days</a>}
                    why="Heart failure, more breathless. Her own limit is 1.5 kg"
                    clock={<Tag colour="red">Act by 9:30am</Tag>}
                    act={act('Act', 'for Grażyna Wójcik', 'main')}
                  />
                </RowList>
              </Section>
              <Section heading="Overdue" count={3}>
                <RowList>
                  <Row
                    who="Kwame Owusu-Ansah, 76"
                    what={<a href="/k">Plan review</a>}
                    why="2 A&E visits since the last version"
                    clock={<Tag colour="orange">Overdue 5 days</Tag>}
                    act={act('Start review', 'for Kwame Owusu-Ansah')}
                  />
                  <Row
                    who="Letícia Fernandes, 79"
                    what={<a href="/l">You promised to ring about the stair rail</a>}
                    why="She can see this promise in her plan"
                    clock={<Tag colour="orange">Overdue 2 days</Tag>}
                    act={act('Record call', 'to Letícia Fernandes')}
                  />
                </RowList>
              </Section>
              <Section heading="Today" count={7}>
                <RowList>
                  <Row
                    who="Jean Pillay, 90"
                    what={<a href="/j">10:30am home visit, 45 minutes</a>}
                    why="Sit on her right. Breathlessness plan due"
                    clock="12 minutes’ drive"
                    act={act('Record visit', 'to Jean Pillay')}
                  />
                  <Row
                    who="Margaret Fairweather, 85"
                    what={<a href="/m">Ask falls service for a start date</a>}
                    why="Sent 24 March, not picked up"
                    clock="Due today"
                    act={act('Record call', 'about Margaret Fairweather')}
                  />
                </RowList>
                <p>
                  <a href="/more">Show 5 more due today</a>
                </p>
              </Section>
            </>
          }
          side={
            <>
              <Section heading="Not heard from" count={3} isRuled={false}>
                <p className="kw-second">Longer than their plan says</p>
                <p>
                  <a href="/n">Ngozi Eze, 73</a>
                  <br />
                  34 days, plan says 14
                </p>
                <p>
                  <a href="/c">Mei-Ling Cheung, 77</a>
                  <br />
                  19 days, plan says 14
                </p>
              </Section>
              <Section heading="Your people" isRuled={false}>
                <SummaryList
                  rows={[
                    { label: 'Active', value: '47 of 50' },
                    {
                      label: 'Weighted',
                      value: (
                        <>
                          51 of 50 <Tag colour="yellow">Over</Tag> <a href="/why">Why?</a>
                        </>
                      ),
                    },
                    { label: 'Monitoring', value: '22' },
                    { label: 'Face to face', value: '57%, aim 60%' },
                    { label: 'Promises', value: '31 of 34 kept' },
                  ]}
                />
              </Section>
            </>
          }
        />
      </>
    ),
  })
}

const listed = [
  {
    ref: 'p1',
    rank: 1,
    name: 'CHAUDHRY, Mohammed Iqbal',
    who: 'Man of 78',
    number: '999 008 0429',
    up: '3 emergency admissions this year, last 21 days ago; 14 medicines; heart failure',
    down: 'no falls recorded',
    isRising: true,
  },
  {
    ref: 'p2',
    rank: 2,
    name: 'LLEWELLYN-PUGH, Siân',
    who: 'Woman of 87',
    number: '999 055 5567',
    up: '2 falls with injury; lives alone; frailty up 2 steps in 6 months',
    down: 'no admission in 2 years',
    isRising: false,
  },
  {
    ref: 'p3',
    rank: 3,
    name: 'O’DONNELL, Patrick',
    who: 'Man of 71',
    number: '999 063 4750',
    up: '4 A&E visits; COPD; alcohol service ended in August',
    down: 'blood pressure at target',
    isRising: false,
  },
  {
    ref: 'p4',
    rank: 4,
    name: 'ABUBAKAR-WOLSTENHOLME-FEATHERSTONEHAUGH, Maximilian Christopher',
    who: 'Man of 90',
    number: '999 047 6373',
    up: 'diabetes with foot ulcer; 2 emergency admissions; 13 medicines',
    down: 'sees the same GP each time',
    isRising: false,
  },
]

const tag = (colour: TagColour, words: string) => <Tag colour={colour}>{words}</Tag>

const nth = (index: number) => (cells: readonly ReactNode[]) => cells[index]

function caseFinding() {
  return renderPage({
    furniture: furnitureFor('Case-finding', {
      caller: { name: 'Dr Astrid Lund', roleName: 'GP', placeName: 'Millrace Surgery', mayChangePost: false },
    }),
    title: 'People suggested for care co-ordination',
    caption: 'Millrace Surgery, list of 1 April 2026',
    isStamped: true,
    lead: (
      <>
        <b>28 left to judge</b> of 39. You know them, the list does not. About 10 minutes.
      </>
    ),
    children: (
      <>
        <Chips
          chips={[
            { href: '/l?at=judge', words: 'To judge', count: 28, isCurrent: true },
            { href: '/l?at=accepted', words: 'Accepted', count: 7, isCurrent: false },
            { href: '/l?at=deferred', words: 'Deferred', count: 2, isCurrent: false },
            { href: '/l?at=declined', words: 'Declined', count: 2, isCurrent: false },
          ]}
        />
        <FilterBar
          action="/l"
          label="Narrow the list"
          keep={{ at: 'judge' }}
          inForce={[{ href: '/l?at=judge', words: 'Aged 75 or over' }]}
        >
          <Select
            name="condition"
            label="Condition"
            labelSize="plain"
            choices={[
              { value: '', words: 'Any condition' },
              { value: 'hf', words: 'Heart failure' },
            ]}
          />
          <Select
            name="age"
            label="Age"
            labelSize="plain"
            current="75"
            choices={[
              { value: '', words: 'Any age' },
              { value: '75', words: '75 or over' },
            ]}
          />
          <Select
            name="only"
            label="Show only"
            labelSize="plain"
            choices={[
              { value: '', words: 'Everyone' },
              { value: 'none', words: 'No recent admission' },
            ]}
          />
        </FilterBar>
        <Panel kind="caution" heading="Expect a fall anyway" isSmall>
          <p>
            17 of these 28 had 2 or more emergency admissions this year.{' '}
            <b>Expect about 41% fewer next year with no help at all.</b> <a href="/why">Why?</a>
          </p>
        </Panel>
        <CountLine from={1} to={50} total={1240} orderedBy="highest risk first">
          <a href="/print">Print</a>
          <a href="/download">Download</a>
          <a href="/add">Add someone the list missed</a>
        </CountLine>
        <DataTable
          caption="People to judge"
          isCaptionHidden
          density="list"
          rows={listed}
          keyOf={(row) => row.ref}
          columns={[
            {
              head: 'Person',
              width: 'middle',
              cell: (row) => (
                <>
                  <a href={`/why/${row.ref}`}>{row.name}</a>
                  <span className="kw-line-two">{row.who}</span>
                  <span className="kw-line-two kw-second">{row.number}</span>
                </>
              ),
            },
            { head: 'Rank', width: 'narrow', cell: (row) => `${row.rank} of 39` },
            {
              head: 'Why',
              cell: (row) => (
                <>
                  <b>Up:</b> {row.up}
                  <span className="kw-line-two kw-second">
                    <b>Down:</b> {row.down}
                  </span>
                  {row.isRising && <Tag colour="orange">Risk rising</Tag>}{' '}
                  <Tag colour="white">Known to district nurses</Tag>
                </>
              ),
            },
            {
              head: 'Your decision',
              width: 'narrow',
              cell: (row) => (
                <ButtonRow>
                  <Button kind="secondary" href={`/accept/${row.ref}`} about={row.name}>
                    Accept
                  </Button>
                  <Button kind="secondary" href={`/defer/${row.ref}`} about={row.name}>
                    Defer
                  </Button>
                  <Button kind="secondary" href={`/decline/${row.ref}`} about={row.name}>
                    Decline
                  </Button>
                </ButtonRow>
              ),
            },
          ]}
        />
        <Paging page={7} total={1240} hrefFor={(page) => `/l?at=judge&page=${page}`} />
      </>
    ),
  })
}

function person() {
  return renderPage({
    furniture: furnitureFor('My people'),
    title: 'Summary of one person',
    heading: 'Jean Pillay',
    isHeadingHidden: true,
    banner: jean,
    tabs,
    children: (
      <>
        <ButtonRow>
          <Button href="/contact" quickKey="C">
            Record a contact
          </Button>
          <Button kind="secondary" href="/task" quickKey="T">
            Add a task
          </Button>
          <Button kind="secondary" href="/refer">
            Refer to a service
          </Button>
          <Button kind="secondary" href="/letter">
            Write a letter
          </Button>
          <a className="kw-buttons__last" href="/emergency" data-key="E">
            Emergency summary, 1 page
          </a>
        </ButtonRow>
        <Columns
          main={
            <>
              <Panel kind="matters" heading="What matters to Jean">
                <Quote
                  from={
                    <>
                      Her words, 24 March 2026. <a href="/about">All of About me</a>
                    </>
                  }
                >
                  “I have no one left to love me. I want to walk round my garden again and feed the birds.”
                </Quote>
              </Panel>
              <Panel kind="worse" heading="If she gets worse">
                <p>
                  <b>More breathless at rest, or ankles up overnight:</b> ring rapid response,{' '}
                  <Telephone number="01632 960 150" />, any time. She wants to stay at home if she can.
                </p>
              </Panel>
              <DataTable
                caption="Her plan"
                columns={[
                  { head: 'Goal', cell: nth(0) },
                  { head: 'How it is going', cell: nth(1) },
                  { head: 'Next step', cell: nth(2) },
                  { head: 'Who', cell: nth(3) },
                  { head: 'When', cell: nth(4) },
                ]}
                keyOf={(cells) => String(cells[0])}
                rows={[
                  [
                    'Feel less lonely',
                    'Getting there',
                    'Second visit from St Brannoc’s church',
                    'Bea Lindqvist',
                    '2 April',
                  ],
                  [
                    'Walk round the garden',
                    'As expected',
                    'Chair and rail fitted',
                    'Karl Jensen, OT',
                    '7 April',
                  ],
                  [
                    'Understand my tablets',
                    'Behind',
                    'Blister pack trial',
                    'Dev Mistry, pharmacist',
                    tag('orange', 'Overdue'),
                  ],
                ]}
              />
              <Section heading="To do" count={3}>
                <RowList>
                  <Row
                    what={
                      <>
                        <a href="/t1">
                          <b>Agree breathlessness plan</b>
                        </a>{' '}
                        <span className="kw-second">Amina, from goal 3</span>
                      </>
                    }
                    clock="Due today"
                    act={act('Done', 'agree breathlessness plan')}
                  />
                  <Row
                    what={
                      <>
                        <a href="/t2">
                          <b>Blister pack trial</b>
                        </a>{' '}
                        <span className="kw-second">Dev, from goal 4</span>
                      </>
                    }
                    clock={<Tag colour="orange">Overdue 2 days</Tag>}
                    act={act('Chase', 'blister pack trial')}
                  />
                </RowList>
              </Section>
              <Section heading="What has happened" isRuled={false}>
                <Timeline
                  items={[
                    {
                      when: 'Yesterday, 4:10pm',
                      what: 'Occupational therapist measured for chair.',
                      by: 'Karl Jensen, home visit',
                    },
                    { when: '24 March', what: 'Plan agreed with Jean and Dr Lund.', by: 'Version 3' },
                    {
                      when: '6 March',
                      what: 'Home after 14 nights in Harrowmere General.',
                      by: 'Heart failure',
                    },
                  ]}
                />
              </Section>
            </>
          }
          side={
            <>
              <Section heading="Episode" isRuled={false}>
                <SummaryList
                  rows={[
                    { label: 'Programme', value: 'Complex care at home' },
                    { label: 'Stage', value: 'Active, since 18 March' },
                    {
                      label: 'Case manager',
                      value: (
                        <>
                          Amina Yusuf
                          <br />
                          <Telephone number="01632 960 117" />
                        </>
                      ),
                    },
                    { label: 'Next review', value: 'Monday 13 April' },
                    { label: 'Social care', value: <Tag colour="yellow">Not linked</Tag> },
                    {
                      label: 'Sharing',
                      value: 'GP, hospital, out of hours, church visitors (first name only)',
                    },
                  ]}
                />
              </Section>
              <Section heading="People around her" isRuled={false}>
                <p>
                  <b>Dr Astrid Lund</b>, GP, Millrace
                  <br />
                  <Telephone number="01632 960 130" />
                </p>
                <p>
                  <b>No unpaid carer</b> <span className="kw-second">asked 22 March</span>
                </p>
              </Section>
            </>
          }
        />
      </>
    ),
  })
}

function formWithProblems() {
  return renderPage({
    furniture: furnitureFor('My people'),
    title: 'Add an action to the care plan',
    heading: 'Add an action to Jean’s plan',
    banner: { ...jean, allergy: { state: 'none known', checkedOn: '2 March 2026' } },
    back: { href: '/person/k/plan', words: 'Back to the plan' },
    problems: [
      { field: 'owner', message: 'Select who will do this' },
      { field: 'dueOn', message: 'Due date must be a real date, like 27 3 2026' },
      { field: 'urgency', message: 'Select how soon it is needed' },
      { field: 'what', message: 'Enter what needs to be done' },
    ],
    typed: {
      'dueOn-day': '31',
      'dueOn-month': '11',
      'dueOn-year': '2026',
      what: '',
      note: 'She wants <b>Karl</b> to come',
    },
    children: (
      <Columns
        split="half"
        main={
          <PostForm action="/plan/action" personToken="k">
            <TextField name="what" label="What needs to be done?" hint="In a few words" />
            <Select
              name="owner"
              label="Who will do this?"
              prompt="Choose a person"
              choices={[
                { value: '1', words: 'Amina Yusuf (31 of 50)' },
                { value: '2', words: 'Karl Jensen' },
              ]}
            />
            <DateField name="dueOn" label="Due date" hint="For example, 27 3 2026" />
            <Radios
              name="urgency"
              label="How soon is it needed?"
              choices={[
                { value: 'today', words: 'Today' },
                { value: '2', words: 'Within 2 working days', hint: 'Working days leave out bank holidays' },
                {
                  value: 'other',
                  words: 'Another time',
                  whenChosen: <TextField name="when" label="When?" widthChars={10} />,
                },
              ]}
            />
            <Checkboxes
              name="tell"
              label="Who else is told?"
              isOptional
              choices={[
                { value: 'gp', words: 'Her GP' },
                { value: 'ooh', words: 'Out of hours' },
              ]}
            />
            <Radios
              name="capacity"
              label="Does she live alone?"
              isInline
              known={{ value: 'yes', from: 'GP record, 4 March 2026' }}
              choices={[
                { value: 'yes', words: 'Yes' },
                { value: 'no', words: 'No' },
              ]}
            />
            <TextArea name="note" label="Anything the team needs to know" isOptional />
            <FileField name="letter" label="A letter, as text" hint="256 KB or less" isOptional />
            <FieldGroup legend="What has to happen" hint="It becomes a task for that person at once.">
              <FieldRow>
                <TextField name="a1" label="What" />
                <Select name="a2" label="Who" prompt="Choose" choices={[{ value: '1', words: 'Ana' }]} />
                <TextField name="a3" label="By" widthChars={5} />
              </FieldRow>
            </FieldGroup>
            <Panel kind="neutral" heading="Who will be told" isSmall>
              <p>Karl Jensen gets this action today. Jean sees it in her plan.</p>
            </Panel>
            <ButtonRow>
              <Button quickKey="S">Save and add another</Button>
              <Button kind="secondary" name="then" value="leave">
                Save
              </Button>
              <Button kind="link" name="then" value="cancel">
                Leave without saving
              </Button>
              <span className="kw-second">Alt+Shift+S saves</span>
            </ButtonRow>
          </PostForm>
        }
        side={
          <>
            <Panel kind="decision" heading="Your decision">
              <PostForm action="/decide" problems={[]}>
                <Radios
                  name="decision"
                  label="Would care co-ordination help him?"
                  choices={[
                    { value: 'accept', words: 'Accept', hint: 'Goes to the Quayside team today' },
                    { value: 'defer', words: 'Defer', hint: 'Asks you when to show him again' },
                    { value: 'decline', words: 'Decline', hint: 'Not shown again for 12 months' },
                  ]}
                />
                <Select
                  name="reason"
                  label="Main reason"
                  prompt="Choose a reason"
                  choices={[{ value: '1', words: 'Several teams, nobody in charge' }]}
                />
                <Button>Save and next person</Button>
                <p className="kw-second">You can undo for 7 days.</p>
              </PostForm>
            </Panel>
            <Steps
              steps={[
                { words: 'Referral', state: 'done', note: 'Done, 18 March' },
                { words: 'Assessment', state: 'now', note: '5 of 11 parts done' },
                { words: 'Plan agreed', state: 'to do' },
              ]}
            />
            <Details summary="Why are we asking?">
              <p>Every action has an owner and a date, so that nothing is left to nobody.</p>
            </Details>
            <EmptyState says="Nothing is due.">
              <p>The next thing is tomorrow at 9:15am: ring Alan Whitcombe.</p>
            </EmptyState>
          </>
        }
      />
    ),
  })
}

function emergencySummary() {
  return renderPage({
    furniture: furnitureFor(''),
    title: 'Emergency summary',
    hasOwnHeading: true,
    slim: true,
    back: { href: '/person/k', words: 'Back to the person' },
    children: (
      <>
        <ButtonRow>
          <PrintButton>Print 1 page</PrintButton>
        </ButtonRow>
        <DocumentPage
          heading="Emergency summary"
          foot={
            <>
              <p>From plan version 3, agreed with Jean 24 March 2026. Checked fresh 1 April 2026.</p>
              <p>Printed by Amina Yusuf, Wednesday 1 April 2026, 8:51am. Uncontrolled copy. Page 1 of 1.</p>
            </>
          }
        >
          <DocumentBox>
            <p className="kw-sheet__who">
              <b>PILLAY, Jean</b> (Mrs), likes to be called Jean
            </p>
            <p>
              Born <b>14 March 1936 (90)</b> · Female · NHS number <b>999 000 1235</b> · 7 Ropewalk, HM4 2QX ·
              01632 960 171
            </p>
          </DocumentBox>
          <DocumentBox isThick>
            <ul>
              <li>
                <b>ALLERGY: penicillin</b> (rash, 1988)
              </li>
              <li>
                <b>Do not attempt CPR.</b> ReSPECT form on fridge
              </li>
              <li>
                <b>Oxygen: aim for 88 to 92%</b>
              </li>
              <li>
                <b>Deaf in left ear:</b> face her, on her right
              </li>
            </ul>
          </DocumentBox>
          <DocumentPart heading="Do this first">
            <DataTable
              caption="Do this first"
              isCaptionHidden
              columns={[
                { head: 'If', cell: nth(0), width: 'middle' },
                { head: 'Then', cell: nth(1) },
              ]}
              keyOf={(cells) => String(cells[0])}
              rows={[
                [
                  'More breathless at rest, ankles up',
                  <>
                    Sit up. 1 extra furosemide 40 mg from rescue card. Rapid response{' '}
                    <b>
                      <Telephone number="01632 960 150" />
                    </b>
                    , comes within 2 hours, 24 hours a day
                  </>,
                ],
                [
                  'Chest infection',
                  <>
                    Rescue pack in kitchen drawer: doxycycline, prednisolone. <b>No penicillin</b>
                  </>,
                ],
                ['Fall, not hurt', 'Falls pick-up 01632 960 155. Neighbour has key'],
              ]}
            />
          </DocumentPart>
          <DocumentPart heading="What matters to Jean">
            <p className="kw-sheet__large">
              “I have no one left to love me. I want to walk round my garden again and feed the birds.” Was a
              nurse.
            </p>
          </DocumentPart>
          <DocumentPart heading="Wishes">
            <p>
              <b>
                ReSPECT, 2 March 2026, Dr A Lund. A recommendation, not legally binding. Check the original.
              </b>
            </p>
            <ul>
              <li>Priority: comfort and staying at home, before living longer at any cost</li>
              <li>
                <b>Do not attempt CPR.</b> Decided with Jean, who has capacity
              </li>
            </ul>
          </DocumentPart>
          <DocumentPart heading="Conditions" isHalf>
            <ul>
              <li>Heart failure, ejection fraction 35%</li>
              <li>COPD, keeps carbon dioxide: 88 to 92%</li>
            </ul>
          </DocumentPart>
          <DocumentPart heading="Usual for her" isHalf>
            <ul>
              <li>Saturation 90% on air, breathing rate 20</li>
              <li>Walks indoors with a stick, memory good</li>
            </ul>
          </DocumentPart>
          <DocumentPart heading="Who to ring" isHalf>
            <p>
              <b>Rapid response, any time:</b> 01632 960 150
            </p>
            <p>
              <b>Amina Yusuf, 9am to 5pm:</b> 01632 960 117
            </p>
          </DocumentPart>
          <DocumentPart heading="Getting in, and home" isHalf>
            <p>Key safe by back door. Code: sign in, or ring 01632 960 150. It is never printed.</p>
          </DocumentPart>
        </DocumentPage>
      </>
    ),
  })
}

const facts: readonly (readonly [string, number | null, number | null])[] = [
  ['Emergency admissions, 12 months', 1.18, 0.03],
  ['Admission in last 90 days', 0.94, 0.05],
  ['Expected risk from history', 0.9, 0.02],
  ['A&E visits', 0.81, 0.04],
  ['Number of medicines', 0.66, 0.06],
  ['Heart failure', 0.52, 0.03],
  ['COPD', 0.41, 0.07],
  ['GP contacts', 0.38, 0.02],
  ['Age', 0.33, 0.04],
  ['Lives alone', 0.18, 0.08],
  ['Deprivation', 0.12, 0.01],
  ['Woman', 0.05, 0.02],
]

const helped = [13, 14, 14, 15, 16, 17, 18, 19, 21, 24, 28, 33, 15, 12, 11, 10, 10, 9.5, 9, 9, 9, 9, 8.5, 9]
const matched = [
  13, 14, 15, 15, 16, 17, 18, 19, 20, 24, 27, 32, 16, 14, 12, 12, 11, 11, 10.5, 10, 10, 9.8, 10, 9.7,
]

function evaluation() {
  return renderPage({
    furniture: furnitureFor('Reports', {
      hasSearch: false,
      caller: {
        name: 'Rhodri Evans',
        roleName: 'Commissioner',
        placeName: 'Harrowmere',
        mayChangePost: false,
      },
    }),
    title: 'Did it help?',
    caption: 'Harrowmere virtual ward, joined January 2024 to October 2025, followed for 365 days',
    isStamped: true,
    children: (
      <>
        <Panel
          kind="caution"
          heading={
            <>
              We cannot tell yet.{' '}
              <span className="kw-light">No clear difference in emergency admissions.</span>
            </>
          }
        >
          <p className="kw-lead">
            Over 365 days, 397 people had 1.21 emergency admissions a person-year; 1,164 matched people had
            1.36: ratio 0.89 (95% CI 0.77 to 1.02). The data are compatible with 23% lower to 2% higher.
          </p>
          <p>To see a fall this small would take about 760 more people: at today’s pace, spring 2030.</p>
        </Panel>
        <Section heading="How much of the fall was the service?" isRuled={false}>
          <p>
            Their own rate fell 48%. Matched people who did not join fell 41%. The difference, 11% of what was
            expected, is the part that could be the service.
          </p>
          {hundredBar({
            name: '100 emergency admissions in the year before joining',
            stillHappened: 52,
            fewerExpected: 41,
            fewerByService: 7,
            fewerByServiceLow: -1,
            fewerByServiceHigh: 14,
            events: 480,
          })}
        </Section>
        <Columns
          main={
            <Section heading="Month by month" isRuled={false}>
              {monthLines({
                name: 'Emergency admissions per 100 people a month',
                monthsBefore: 12,
                indexWords: 'joined',
                helped: { words: '397 helped', values: helped },
                matched: { words: '1,164 matched, not helped', values: matched },
                says: ['Both groups fall. Most of the fall is', 'the end of a bad spell, not the service.'],
                events: 480,
              })}
            </Section>
          }
          side={
            <DataTable
              caption="In the year after joining"
              columns={[
                { head: 'A person-year', cell: nth(0) },
                { head: 'Helped', cell: nth(1), isNumber: true },
                { head: 'Matched', cell: nth(2), isNumber: true },
              ]}
              keyOf={(cells) => String(cells[0])}
              rows={[
                ['Emergency admissions', '1.21', '1.36'],
                ['A&E visits', '1.84', '1.97'],
                ['Died, of 100', '17', '18'],
              ]}
            />
          }
        />
        <DataTable
          caption="Use of services in quarters before 1 April 2026"
          columns={[
            { head: '3 months from', cell: nth(0), width: 'narrow' },
            { head: 'Nights in hospital', cell: nth(1), isNumber: true },
            { head: 'A&E visits', cell: nth(2), isNumber: true },
            { head: 'GP contacts', cell: nth(3), isNumber: true },
            { head: 'Medicines', cell: nth(4), isNumber: true },
          ]}
          keyOf={(cells) => String(cells[0])}
          rows={[
            ['1 January 2026', '12', '3', '11', '9'],
            ['1 October 2025', '0', 'Not linked', '4', '9'],
          ]}
        />
        <Columns
          split="half"
          main={
            <Section heading="Were they alike to start with?" isRuled={false}>
              {lovePlot({
                name: 'Difference between helped and matched people, in standard deviations',
                rows: facts.map(([words, before, after]) => ({ words, before, after })),
                alikeUnder: 0.1,
              })}
            </Section>
          }
          side={
            <DataTable
              caption="How sure can we be?"
              columns={[
                { head: 'Check', cell: nth(0) },
                { head: 'Answer', cell: nth(1) },
                { head: 'Verdict', cell: nth(2) },
              ]}
              keyOf={(cells) => String(cells[0])}
              rows={[
                ['Set down before looking', 'Locked 4 March 2024, never changed', tag('green', 'Good')],
                ['Enough people', 'Can only see a fall of 18% or more', tag('yellow', 'Thin')],
                ['Nobody like them', '15 of 412, sicker than the rest', tag('white', 'Told')],
              ]}
            />
          }
        />
        <Columns
          split="half"
          main={hundredBar({
            name: 'When there were more than expected: 100 admissions in the year before',
            stillHappened: 65,
            fewerExpected: 41,
            fewerByService: -6,
            fewerByServiceLow: -12,
            fewerByServiceHigh: 3,
            events: 120,
          })}
          side={dots100({
            name: 'People with a record like this who had an emergency admission, of 100',
            count: 42,
          })}
        />
        {hundredBar({
          name: 'Too few to draw: 100 admissions in the year before',
          stillHappened: 60,
          fewerExpected: 30,
          fewerByService: 10,
          fewerByServiceLow: -30,
          fewerByServiceHigh: 40,
          events: 7,
        })}
        <Panel kind="verdict-good" heading="Fewer emergency admissions than matched people">
          <p>The interval is below 1.</p>
        </Panel>
        <Panel kind="verdict-bad" heading="More emergency admissions than matched people">
          <p>The interval is above 1.</p>
        </Panel>
        <Panel kind="verdict-small" heading="Any difference is too small to matter">
          <p>The interval is inside the band set beforehand.</p>
        </Panel>
        <Panel kind="withheld" heading="Not ready">
          <p>Withheld: the groups are not alike (A&amp;E visits).</p>
        </Panel>
      </>
    ),
  })
}

function round() {
  return renderPage({
    furniture: furnitureFor('', {
      caller: {
        name: 'Sam Okafor',
        roleName: 'Ward clerk',
        placeName: 'Harrowmere virtual ward',
        mayChangePost: false,
      },
    }),
    title: 'Ward round, person 1 of 12',
    heading: 'Ward round, Vera Pilkington',
    isHeadingHidden: true,
    slim: true,
    text: 'reading',
    banner: {
      familyName: 'Pilkington',
      givenName: 'Vera',
      title: 'Mrs',
      bornOn: '21 January 1942',
      ageYears: 84,
      sexWords: 'Female',
      nhsNumber: '999 142 6655',
      caseManager: { name: 'Ana Ferreira' },
      allergy: { state: 'not recorded' },
      tags: [{ colour: 'purple', words: 'ReSPECT form at home' }],
      address: '2 Chandler Yard, HM2 3PL',
      hasSimilarName: true,
    },
    children: (
      <>
        <StatusStrip
          parts={[
            <b key="where">Ward round, person 1 of 12</b>,
            '2 minutes on Vera, aim 5',
            <Fragment key="who">
              <b>Here:</b> 4 of 5. <b>Not here:</b> physio
            </Fragment>,
            <ButtonRow key="ways">
              <PostForm action="/skip">
                <Button kind="link">Skip, come back</Button>
              </PostForm>
              <PostForm action="/leave">
                <Button kind="link">Leave the round</Button>
              </PostForm>
            </ButtonRow>,
          ]}
        />
        <Columns
          split="half"
          main={
            <>
              <Section heading="Since yesterday" isRuled={false}>
                <ul>
                  <li>
                    <b>NEWS2 5 at 9:05am, was 3.</b> Breathing rate 24, temperature 38.2
                  </li>
                  <li>
                    <b>Daughter rang at 9:12am: “She is not making sense”.</b> New confusion would add 3 to
                    the score. Take the readings again
                  </li>
                </ul>
              </Section>
              <Panel kind="matters" heading="What matters to Vera">
                <p>“Do not send me in unless you must. Harry is alone.”</p>
              </Panel>
            </>
          }
          side={
            <Panel kind="decision" heading="Decide">
              <PostForm action="/round">
                <Radios
                  name="now"
                  label="What now?"
                  hint="9 days on the ward"
                  choices={[
                    { value: 'day', words: 'Stay, seen every day' },
                    { value: 'week', words: 'Stay, seen every week' },
                    { value: 'send', words: 'Send to hospital or same-day unit' },
                    { value: 'leave', words: 'Ready to leave (needs a second name)' },
                  ]}
                />
                <Button quickKey="S">Save and next person</Button>
              </PostForm>
            </Panel>
          }
        />
      </>
    ),
  })
}

function plain() {
  return renderPage({
    furniture: furnitureFor('', { hasSearch: false, navigation: [] }),
    title: 'Your plan',
    heading: 'Jean’s plan',
    text: 'plain',
    lead: 'Made by you and Amina on 24 March 2026.',
    acts: <PrintButton>Print</PrintButton>,
    children: (
      <>
        <DocumentBox isThick>
          <p>Amina Yusuf looks after your care.</p>
          <p>
            <b>Ring 01632 960 117</b>
          </p>
          <p>Monday to Friday, 9am to 5pm.</p>
        </DocumentBox>
        <Section heading="What matters to you">
          <Quote>“I want to walk round my garden again and feed the birds.”</Quote>
        </Section>
        <Section heading="Feel less lonely">
          <ul>
            <li>Someone from St Brannoc’s church visits you on Thursdays.</li>
            <li>Amina will take you back to Breath Easy on 7 April.</li>
          </ul>
        </Section>
      </>
    ),
  })
}

function died() {
  return renderPage({
    furniture: furnitureFor('My people', { isRoomy: true }),
    title: 'Summary of one person',
    heading: 'Jean Pillay',
    banner: { ...jean, diedOn: '28 March 2026', nhsNumber: undefined },
    tabs,
    children: (
      <EmptyState says="Nothing more is sent to or about Jean.">
        <p>
          <a href="/closure">Close her episode</a>
        </p>
      </EmptyState>
    ),
  })
}

function frontDoor() {
  const doors = [
    [
      'Work down a GP’s list',
      'Dr Astrid Lund, GP at Millrace Surgery',
      '28 people suggested for her to judge',
    ],
    ['A co-ordinator’s morning', 'Amina Yusuf, case manager', 'My day: 2 things need her now, 3 are overdue'],
    ['The ward round', 'Sam Okafor, ward clerk', '34 of 39 beds taken, 12 people on today’s round'],
    ['3 in the morning', 'Dr Tom Ashe, out-of-hours doctor', 'Jean Pillay’s emergency summary'],
    ['Did it help?', 'Rhodri Evans, commissioner', 'The verdict, with how sure we are'],
  ] as const
  return renderPage({
    furniture: furnitureFor('', { caller: undefined, navigation: [], hasSearch: false }),
    title: 'Choose who to be',
    lead: 'This is a demonstration. Harrowmere is a made-up town of 30,412 people. You cannot harm anyone here, so try things.',
    children: (
      <Columns
        split="half"
        main={
          <Section heading="Start with a task">
            <RowList>
              {doors.map(([task, who, waiting]) => (
                <Row
                  key={task}
                  what={<b>{task}</b>}
                  why={
                    <>
                      {who}
                      <br />
                      {waiting}
                    </>
                  }
                  act={act('Sign in', `as ${who}`)}
                />
              ))}
            </RowList>
          </Section>
        }
        side={
          <Panel kind="neutral" heading="In real use">
            <p>This page is replaced by one button, “Sign in with your NHS identity”.</p>
          </Panel>
        }
      />
    ),
  })
}

/** Every part on pages like the real ones, to be looked at and checked in a browser. */
export const galleryPages: Readonly<Record<string, () => string>> = {
  'my-day': myDay,
  'case-finding': caseFinding,
  person,
  'form-with-problems': formWithProblems,
  'emergency-summary': emergencySummary,
  evaluation,
  round,
  plain,
  died,
  'front-door': frontDoor,
}

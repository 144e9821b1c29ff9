import type { AnsweredBy, Instrument, Question } from './types.ts'

type Choices = Question['choices']

const labelled = (words: readonly string[], from = 0): Choices =>
  words.map((said, at) => ({ value: from + at, words: said }))

const asked = (choices: Choices, words: readonly string[]): readonly Question[] =>
  words.map((said, at) => ({
    key: String(at + 1),
    words: said,
    choices,
    values: choices.map(({ value }) => value),
  }))

const often = labelled(['Not at all', 'Several days', 'More than half the days', 'Nearly every day'])
const difficult = labelled([
  'Not difficult at all',
  'Somewhat difficult',
  'Very difficult',
  'Extremely difficult',
])
const zeroToTen = (low: string, high: string): Choices =>
  Array.from({ length: 11 }, (_, value) => ({
    value,
    words: value === 0 ? `0, ${low}` : value === 10 ? `10, ${high}` : String(value),
  }))

const one = (key: string, words: string, choices: Choices): Question => ({
  key,
  words,
  choices,
  values: choices.map(({ value }) => value),
})

const keys = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at))
const anybody: readonly AnsweredBy[] = ['the person', 'a carer, for them', 'staff']

/**
 * The Patient Health Questionnaire. Item 10 is asked and is not added.
 *
 * @source Items, sum 0 to 27 and bands: Kroenke, Spitzer and Williams 2001. Case from 10 and reliable change of 6: NHS
 *   Talking Therapies manual. Both as clinical-content 2.3; a clinician confirms them before a live site.
 */
const phq9: Instrument = {
  key: 'phq-9',
  version: 'PHQ-9 English, 9 items and 1',
  name: 'PHQ-9',
  about: 'low mood',
  stem: 'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
  credit:
    'PHQ-9, developed by Spitzer, Williams, Kroenke and colleagues. No permission is needed to reproduce, translate, display or distribute it.',
  answeredBy: anybody,
  alert: { item: '9', from: 1 },
  items: [
    ...asked(often, [
      'Little interest or pleasure in doing things',
      'Feeling down, depressed, or hopeless',
      'Trouble falling or staying asleep, or sleeping too much',
      'Feeling tired or having little energy',
      'Poor appetite or overeating',
      'Feeling bad about yourself, or that you are a failure or have let yourself or your family down',
      'Trouble concentrating on things, such as reading the newspaper or watching television',
      'Moving or speaking so slowly that other people could have noticed. Or the opposite, being so fidgety or restless that you have been moving around a lot more than usual',
      'Thoughts that you would be better off dead, or of hurting yourself in some way',
    ]),
    one(
      '10',
      'If you had any of these problems, how difficult have they made it for you to do your work, take care of things at home, or get along with other people?',
      difficult,
    ),
  ],
  scales: [
    {
      key: 'total',
      words: 'PHQ-9 total',
      items: keys(1, 9),
      highest: 27,
      higherIs: 'worse',
      bands: [
        { from: 0, words: 'minimal' },
        { from: 5, words: 'mild' },
        { from: 10, words: 'moderate' },
        { from: 15, words: 'moderately severe' },
        { from: 20, words: 'severe' },
      ],
      caseFrom: 10,
      reliableChange: 6,
      prorateUpTo: 1,
    },
  ],
}

/**
 * Generalised anxiety. The lowest answer is "Not at all": "not at all sure" is a misprint that is often copied.
 *
 * @source Items, sum 0 to 21 and bands: Spitzer and others 2006. Case from 8 and reliable change of 4: NHS Talking
 *   Therapies manual. Both as clinical-content 2.3.
 */
const gad7: Instrument = {
  key: 'gad-7',
  version: 'GAD-7 English, 7 items',
  name: 'GAD-7',
  about: 'worry',
  stem: 'Over the last 2 weeks, how often have you been bothered by the following problems?',
  credit:
    'GAD-7, developed by Spitzer, Williams, Kroenke and colleagues. No permission is needed to reproduce, translate, display or distribute it.',
  answeredBy: anybody,
  items: asked(often, [
    'Feeling nervous, anxious or on edge',
    'Not being able to stop or control worrying',
    'Worrying too much about different things',
    'Trouble relaxing',
    'Being so restless that it is hard to sit still',
    'Becoming easily annoyed or irritable',
    'Feeling afraid as if something awful might happen',
  ]),
  scales: [
    {
      key: 'total',
      words: 'GAD-7 total',
      items: keys(1, 7),
      highest: 21,
      higherIs: 'worse',
      bands: [
        { from: 0, words: 'minimal' },
        { from: 5, words: 'mild' },
        { from: 10, words: 'moderate' },
        { from: 15, words: 'severe' },
      ],
      caseFrom: 8,
      reliableChange: 4,
      prorateUpTo: 1,
    },
  ],
}

const wellBeing = [
  { from: 0, words: 'low' },
  { from: 5, words: 'medium' },
  { from: 7, words: 'high' },
  { from: 9, words: 'very high' },
] as const

const ownScale = (key: string, words: string, item: string) =>
  ({ key, words, items: [item], highest: 10, higherIs: 'better', bands: wellBeing }) as const

/**
 * Personal well-being: four answers told one by one. There is no total, and nobody answers for another.
 *
 * @source Office for National Statistics, personal well-being harmonised standard, Open Government Licence 3; bands as
 *   clinical-content 2.14.
 */
const ons4: Instrument = {
  key: 'ons4',
  version: 'ONS4 harmonised standard',
  name: 'ONS4',
  about: 'well-being',
  stem: 'I would like to ask you four questions about your feelings on aspects of your life. There are no right or wrong answers.',
  credit:
    'Office for National Statistics. Contains public sector information licensed under the Open Government Licence v3.0.',
  answeredBy: ['the person'],
  items: [
    one(
      'satisfied',
      'Overall, how satisfied are you with your life nowadays?',
      zeroToTen('not at all satisfied', 'completely satisfied'),
    ),
    one(
      'worthwhile',
      'Overall, to what extent do you feel that the things you do in your life are worthwhile?',
      zeroToTen('not at all worthwhile', 'completely worthwhile'),
    ),
    one(
      'happy',
      'Overall, how happy did you feel yesterday?',
      zeroToTen('not at all happy', 'completely happy'),
    ),
    one(
      'anxious',
      'Overall, how anxious did you feel yesterday?',
      zeroToTen('not at all anxious', 'completely anxious'),
    ),
  ],
  scales: [
    ownScale('satisfied', 'Satisfied with life', 'satisfied'),
    ownScale('worthwhile', 'Life worthwhile', 'worthwhile'),
    ownScale('happy', 'Happy yesterday', 'happy'),
    {
      key: 'anxious',
      words: 'Anxious yesterday',
      items: ['anxious'],
      highest: 10,
      higherIs: 'worse',
      bands: [
        { from: 0, words: 'very low' },
        { from: 2, words: 'low' },
        { from: 4, words: 'medium' },
        { from: 6, words: 'high' },
      ],
    },
  ],
}

const loneliness3 = labelled(['Hardly ever or never', 'Some of the time', 'Often'], 1)

/**
 * Loneliness: three indirect questions that are added, and the direct one beside them, which is not and has no cut-off.
 *
 * @source Three-item scale: Hughes, Waite, Hawkley and Cacioppo 2004. Direct question and wording: Office for National
 *   Statistics, national indicators of loneliness, Open Government Licence 3. 6 or more as clinical-content 2.13.
 */
const loneliness: Instrument = {
  key: 'loneliness',
  version: 'UCLA 3-item and the ONS direct question',
  name: 'Loneliness (UCLA-3)',
  about: 'loneliness',
  stem: 'The next questions are about your relationships with others. For each one, say how often you feel that way.',
  credit:
    'Three-item loneliness scale: Hughes, Waite, Hawkley and Cacioppo, 2004. Wording and direct question: Office for National Statistics, Open Government Licence v3.0.',
  answeredBy: anybody,
  told: [{ item: 'direct', words: 'Asked directly' }],
  items: [
    ...asked(loneliness3, [
      'How often do you feel that you lack companionship?',
      'How often do you feel left out?',
      'How often do you feel isolated from others?',
    ]),
    one(
      'direct',
      'How often do you feel lonely?',
      labelled(['Never', 'Hardly ever', 'Occasionally', 'Some of the time', 'Often or always'], 1),
    ),
  ],
  scales: [
    {
      key: 'ucla-3',
      words: 'UCLA-3 total',
      items: keys(1, 3),
      highest: 9,
      higherIs: 'worse',
      bands: [
        { from: 3, words: 'below 6' },
        { from: 6, words: 'commonly reported as lonely' },
      ],
    },
  ],
}

/**
 * The Friends and Family Test. It has no score: answers are counted, and there is no mean.
 *
 * @source NHS England, Friends and Family Test guidance, Open Government Licence 3.
 */
const fft: Instrument = {
  key: 'fft',
  version: 'Friends and Family Test 2020',
  name: 'Friends and Family Test',
  about: 'what the service was like',
  stem: 'Thinking about the service we give you.',
  credit: 'NHS England, Friends and Family Test, Open Government Licence v3.0.',
  answeredBy: ['the person', 'a carer, for them', 'a carer, about themselves'],
  told: [{ item: '1', words: 'Experience' }],
  asksWords: 'Why did they give this answer?',
  items: [
    one(
      '1',
      'Overall, how was your experience of our service?',
      labelled(['Very good', 'Good', 'Neither good nor poor', 'Poor', 'Very poor', 'Don’t know'], 1),
    ),
  ],
  scales: [],
}

/** The answers to the experience questions that are counted as good: excellent and very good. */
export const bestExperience = [1, 2] as const

/**
 * What it is like to be looked after, question by question. It has no score and nobody has validated it.
 *
 * @source Keyworker’s own words. What they ask about: requirements R-280 (overall, contact system, competence,
 *   involvement, time) and S-04 (control, early warning signs, self-care, adherence); counted as R-280 does.
 */
const experience: Instrument = {
  key: 'experience',
  version: 'Keyworker experience questions 1',
  name: 'Experience of care',
  about: 'what it is like to be looked after by us',
  stem: 'Thinking about the last 3 months. How would you say each of these is?',
  credit:
    'Keyworker’s own words, under the licence of this software. Nobody has validated them: read each answer by itself.',
  answeredBy: ['the person', 'a carer, for them'],
  told: [{ item: '1', words: 'Overall' }],
  asksWords: 'What would make it better?',
  items: asked(labelled(['Excellent', 'Very good', 'Good', 'Fair', 'Poor'], 1), [
    'The care you get from us, overall',
    'Reaching us when you need to',
    'How well we know what we are doing',
    'Your say in what is planned',
    'The time we give you',
    'Feeling in control of your life',
    'Knowing the early signs that you are getting worse, and what to do then',
    'Looking after yourself day to day',
    'Taking your medicines as you want to and as they are meant',
  ]),
  scales: [],
}

/** Every instrument whose words may be shown, in the order pages list them. */
export const instruments: readonly Instrument[] = [phq9, gad7, ons4, loneliness, fft, experience]

/** The instrument of a key; undefined when we hold no words of it. */
export const instrumentOf = (key: string): Instrument | undefined =>
  instruments.find((instrument) => instrument.key === key)

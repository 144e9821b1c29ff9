/**
 * Words that ask for a second look when somebody is to be seen later than today. They decide nothing: a fall three years
 * ago is written with the same word as one last night. A star stands for any ending. Ours, and short on purpose: a list
 * that asks of everybody is ticked away by everybody.
 *
 * @source The signs are those of the NHS website's advice on ringing 999, on urgent help for mental health and on sepsis;
 *   the nine needs that urgent community response takes (NHS England): a fall, frailty getting worse, sudden loss of
 *   mobility, a crisis at the end of life, equipment, confusion, catheter, diabetes, a carer who can go on no more; and
 *   abuse and neglect, section 42 of the Care Act 2014. The words for each are our own; no clinical safety officer has
 *   looked at them yet.
 */
export const redFlags: readonly { readonly about: string; readonly words: readonly string[] }[] = [
  { about: 'heart', words: ['chest pain*', 'pain in * chest', 'heart attack'] },
  { about: 'stroke', words: ['stroke', 'face droop*', 'slurred', 'slurring', 'sudden weakness'] },
  {
    about: 'breathing',
    words: [
      'breathless*',
      'short of breath',
      'cannot breathe',
      'can’t breathe',
      'struggl* to breathe',
      'choking',
    ],
  },
  {
    about: 'consciousness',
    words: ['collaps*', 'unconscious', 'unresponsive', 'blackout*', 'seizure*', 'drowsy'],
  },
  { about: 'bleeding', words: ['bleed*', 'vomit* blood', 'cough* blood', 'black stool*'] },
  { about: 'infection', words: ['sepsis', 'septic', 'rigor*', 'mottled'] },
  {
    about: 'harm to themselves',
    words: [
      'suicid*',
      'overdose*',
      'end * life',
      'harm* herself',
      'harm* himself',
      'harm* themselves',
      'self-harm*',
    ],
  },
  { about: 'a fall', words: ['fell', 'fallen', 'a fall', 'on the floor', 'long lie'] },
  {
    about: 'confusion',
    words: ['confus*', 'delirium', 'delirious', 'not herself', 'not himself', 'wandering'],
  },
  {
    about: 'frailty or mobility',
    words: [
      'off her legs',
      'off his legs',
      'off legs',
      'cannot get up',
      'can’t get up',
      'stopped eating',
      'stopped drinking',
      'dehydrat*',
    ],
  },
  { about: 'the end of life', words: ['dying', 'end of life', 'last days', 'palliative'] },
  { about: 'catheter', words: ['blocked catheter', 'catheter blocked', 'catheter * blocked'] },
  { about: 'diabetes', words: ['hypo', 'hypos', 'hypoglyc*', 'no insulin', 'out of insulin'] },
  {
    about: 'a carer',
    words: [
      'cannot cope',
      'can’t cope',
      'not coping',
      'cannot go on',
      'can’t go on',
      'breakdown',
      'carer * hospital',
      'carer * died',
    ],
  },
  {
    about: 'abuse or neglect',
    words: [
      'abus*',
      'neglect*',
      'safeguarding',
      'no food',
      'no heating',
      'afraid of',
      'hits her',
      'hits him',
      'hit her',
      'hit him',
    ],
  },
  {
    about: 'urgency itself',
    words: ['urgent*', 'asap', 'as soon as possible', 'emergency', 'crisis', '999'],
  },
]

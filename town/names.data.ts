/**
 * Names of the town: our own lists by ethnic group, and for the White group by the decades they were given in.
 * Nobody is meant. Frequencies are not England's; variety is what the matching rooms need.
 */
const words = (text: string) => text.trim().split(/\s+/)

export const familyNames = {
  white: words(`Smith Jones Taylor Brown Wilson Davies Evans Thomas Johnson Roberts Walker Wright Robinson
    Thompson White Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Clark Turner Hill Cooper
    Ward Moore Morris King Watson Baker Harrison Morgan Patterson Allen Mitchell Anderson Phillips Lee Bell
    Parker Davis Bennett Cook Shaw Richardson Carter Collins Marshall Bailey Gray Cox Adams Wilkinson Foster
    Chapman Mason Russell Powell Webb Rogers Hunt Mills Holmes Palmer Matthews Gibson Fisher Barnes Knight
    Lloyd Butler Barker Price Stevens Jenkins Reynolds Fletcher Dixon Hawkins Pearson Graham Fox Simpson
    Brooks Howard Cole Dawson Hargreaves Ashworth Bamber Birtwistle Clegg Crabtree Entwistle Fairhurst
    Greenhalgh Hindle Kershaw Lomax Ogden Pickup Ramsbottom Sutcliffe Tattersall Unsworth Whittaker Yates
    Armitage Battersby Catterall Duxbury Eckersley Farnworth Garside Haworth Ingham Jolly Kenyon Livesey
    Metcalfe Nuttall Openshaw Pilling Rigby Schofield Thornley Walmsley Ackroyd Barraclough Cartwright
    Dewhurst Earnshaw Firth Gaunt Hebden Illingworth Jowett Lumb Midgley Naylor Oldroyd Priestley Rawson
    Stansfield Thackray Varley Womersley Booth Brook Crossley Denby Eastwood Feather Gledhill Holroyd Kaye
    Laycock Murgatroyd Noble Peel Riley Sykes Tempest Uttley Verity Wadsworth Bragg Coates Dunn Elliott
    Frost Gale Hale Irwin Judd Kirk Lane Marsh Nash Osborne Pratt Quick Rowe Swift Talbot Underhill Vance Wardle Abbott Barlow Cheetham Dobson Emmott Fallows Grimshaw`),
  irish:
    words(`Murphy Kelly O'Brien Byrne Ryan O'Connor Walsh O'Neill Doyle McCarthy Gallagher Doherty Kennedy
    Lynch Murray Quinn Moran Brennan Burke Nolan`),
  european: words(`Kowalski Wisniewski Lewandowski Zielinski Wojcik Kaminski Mazur Krawczyk Popescu Ionescu
    Dumitru Stan Radu Rossi Russo Ferrari Silva Santos Pereira Novakova Kovacs Petrov Ivanova Jankauskas
    Garcia Fernandez Dubois Muller Papadopoulos Hansen`),
  indian: words(`Patel Singh Kaur Shah Sharma Gill Mistry Chauhan Desai Joshi Mehta Sandhu Dhillon Parmar Rana
    Kumar Gupta Reddy Nair Iyer Solanki Bhatt Grewal Sidhu Lad Modi Pandya Rao Thakur Verma`),
  pakistani: words(`Khan Ahmed Hussain Ali Malik Akhtar Iqbal Mahmood Shaikh Bibi Begum Chowdhury Rahman Miah
    Uddin Islam Mirza Butt Qureshi Raja Aziz Hassan Javed Nawaz Rashid Saleem Tariq Yousaf Zaman Bashir`),
  african: words(`Adeyemi Okeke Mensah Owusu Boateng Nwosu Balogun Ogunleye Eze Abdi Mohamed Warsame Tesfaye
    Kamara Sesay Banda Moyo Ncube Dlamini Asante Appiah Osei Adebayo Chukwu Diallo`),
  caribbean: words(`Campbell Grant Gordon Francis Joseph Charles Bogle Pryce Blake Henry Samuels Beckford
    Lindo Facey Nembhard Wray Dacosta Stewart Hylton Whyte`),
  chinese: words(`Wong Chan Cheung Lam Leung Ng Ho Lau Yip Tang Zhang Liu Huang Wu Zhao Lin Xu Sun Guo Tran
    Nguyen`),
  other: words(`Haddad Khoury Mansour Saleh Nasser Farah Tahan Hosseini Ahmadi Rahimi Demir Yilmaz Kaya
    Barzani Karimi Reyes Cruz Ramos Bautista Mendoza Tamang Gurung Rai Thapa`),
} as const

/** Given names: women's and men's; the White group's by when they were born. */
export const givenNames = {
  'white-old': {
    female: words(`Margaret Jean Mary Joan Patricia Sheila Barbara Doreen June Shirley Dorothy Joyce Maureen
      Audrey Brenda Kathleen Eileen Betty Irene Hilda`),
    male: words(`John William Peter Ronald Kenneth George Derek Raymond Norman Frank Albert Harold Stanley
      Dennis Gordon Leonard Alan Eric Roy Arthur`),
  },
  'white-middle': {
    female: words(`Susan Linda Christine Carol Janet Julie Karen Jacqueline Deborah Tracey Jane Helen Diane
      Sharon Alison Sandra Elaine Wendy Lesley Gillian`),
    male: words(`David Paul Andrew Mark Stephen Michael Ian Gary Robert Richard Christopher Anthony Kevin Graham
      Neil Nigel Philip Keith Colin Trevor`),
  },
  'white-young': {
    female: words(`Sarah Claire Emma Laura Rebecca Gemma Rachel Kelly Victoria Katherine Lauren Jessica
      Charlotte Hannah Sophie Amy Danielle Natalie Lucy Stephanie`),
    male: words(`James Daniel Matthew Thomas Jonathan Adam Luke Ryan Ben Jack Joshua Liam Jamie Craig
      Lee Scott Sean Nathan Aaron Kieran`),
  },
  'white-new': {
    female:
      words(`Olivia Amelia Isla Ava Lily Grace Freya Evie Poppy Ella Mia Rosie Ivy Florence Willow Daisy Harriet Edith Maeve Nancy Orla
      Phoebe Sienna Matilda Elsie`),
    male: words(`Oliver Noah Harry Leo Alfie Charlie Freddie Archie Oscar Theo Jacob Logan Finley Reuben
      Henry Ethan Mason Isaac Toby Albie Rory Jude Ralph Felix Hugo`),
  },
  asian: {
    female: words(`Fatima Aisha Zainab Nasreen Shazia Samina Priya Anjali Kiran Meera Sunita Jaspreet Harpreet
      Manjit Parveen Rubina Saima Nadia Farzana Shabnam Rehana Tahira Deepa Lakshmi Bushra`),
    male: words(`Mohammed Imran Asif Tariq Amir Hamza Yusuf Bilal Rajesh Sanjay Vikram Arjun Amrit Gurpreet
      Sukhdev Anil Rakesh Faisal Nadeem Kamran Waqar Zahid Harjit Suresh Naveed`),
  },
  black: {
    female: words(`Adaeze Blessing Abena Chioma Ngozi Folake Precious Esther Comfort Beverley Marcia Yvonne
      Shanice Amara Fatou Efua Ama Ifeoma Sade Makeda`),
    male: words(`Emmanuel Samuel Kwame Chidi Tunde Olu Desmond Winston Delroy Tyrone Jermaine Malachi Kofi
      Abdirahman Isaiah Babatunde Kwesi Femi Leroy Errol`),
  },
  chinese: {
    female: words('Mei Ling Xiu Yan Hui Fang Lan Jing Siu Wai'),
    male: words('Wei Jun Ming Chi Ho Lei Jian Kwok Feng Tao'),
  },
  other: {
    female: words('Leila Maryam Yasmin Noor Shirin Elif Rosa Maria Sita Dalia'),
    male: words('Omar Karim Reza Arash Hassan Mehmet Jose Miguel Bishal Samir'),
  },
} as const

export const streetNames =
  words(`Mill Canal Chapel Church Station Victoria Albert Park Moor Spring Weaver Lund
  Foundry Tenter Quarry Bobbin Heather Larch Rowan Alder Union Market School Bank Bridge Castle Orchard Meadow
  Harbour Beacon`)
export const streetKinds = words('Street Road Lane Terrace Avenue Close')

/** Practices are two of these words; localities are the four wards of Harrowmere. */
export const practiceFirst =
  words(`Moor Mill Canal-Head Beacon Spring Foundry Larch Rowan Tenter Weaver Bobbin
  Quarry Heather Alder Meadow Orchard Castle Union Bridge Market`)
export const practiceLast = [
  'Surgery',
  'Medical Centre',
  'Health Centre',
  'Practice',
  'Group Practice',
  'Family Practice',
  'Medical Group',
]
export const localities = ['Harrowmere North', 'Harrowmere South', 'Harrowmere East', 'Conrane'] as const

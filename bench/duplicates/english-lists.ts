/**
 * Two guides to the same town and two lists of the same bodies, written otherwise: rows that mean the same stand in one line.
 * Names of well-known places and bodies; addresses and telephone numbers are made up.
 */
export interface Entry {
  name: string
  street?: string
  city?: string
  phone?: string
}

export interface Lists {
  left: Entry[]
  right: Entry[]
  /** Index in `left` of each of `right`, or undefined. */
  same: (number | undefined)[]
}

const places = `
arnie mortons of chicago; 435 s. la cienega blv.; los angeles; 310/246-1501 | arnie morton's of chicago; 435 s. la cienega blvd.; los angeles; 310-246-1501
art's delicatessen; 12224 ventura blvd.; studio city; 818/762-1221 | art's deli; 12224 ventura blvd.; studio city; 818-762-1221
hotel bel-air; 701 stone canyon rd.; bel air; 310/472-1211 | bel-air hotel; 701 stone canyon rd.; bel air; 310-472-1211
cafe bizou; 14016 ventura blvd.; sherman oaks; 818/788-3536 | cafe bizou; 14016 ventura blvd.; sherman oaks; 818-788-3536
campanile; 624 s. la brea ave.; los angeles; 213/938-1447 | campanile; 624 s. la brea ave.; los angeles; 213-938-1447
chinois on main; 2709 main st.; santa monica; 310/392-9025 | chinois on main; 2709 main st.; santa monica; 310-392-9025
citrus; 6703 melrose ave.; los angeles; 213/857-0034 | citrus; 6703 melrose ave.; los angeles; 213-857-0034
fenix; 8358 sunset blvd. west; hollywood; 213/848-6677 | fenix at the argyle; 8358 sunset blvd.; w. hollywood; 213-848-6677
granita; 23725 w. malibu rd.; malibu; 310/456-0488 | granita; 23725 w. malibu rd.; malibu; 310-456-0488
grill on the alley; 9560 dayton way; los angeles; 310/276-0615 | grill the; 9560 dayton way; beverly hills; 310-276-0615
restaurant katsu; 1972 n. hillhurst ave.; los angeles; 213/665-1891 | katsu; 1972 hillhurst ave.; los feliz; 213-665-1891
l'orangerie; 903 n. la cienega blvd.; los angeles; 310/652-9770 | l'orangerie; 903 n. la cienega blvd.; w. hollywood; 310-652-9770
le chardonnay; 8284 melrose ave.; los angeles; 213/655-8880 | le chardonnay (los angeles); 8284 melrose ave.; los angeles; 213-655-8880
locanda veneta; 8638 w. third st.; los angeles; 310/274-1893 | locanda veneta; 3rd st.; los angeles; 310-274-1893
matsuhisa; 129 n. la cienega blvd.; beverly hills; 310/659-9639 | matsuhisa; 129 n. la cienega blvd.; beverly hills; 310-659-9639
the palm; 9001 santa monica blvd.; los angeles; 310/550-8811 | palm the (los angeles); 9001 santa monica blvd.; w. hollywood; 310-550-8811
patina; 5955 melrose ave.; los angeles; 213/467-1108 | patina; 5955 melrose ave.; los angeles; 213-467-1108
philippe's the original; 1001 n. alameda st.; los angeles; 213/628-3781 | philippe the original; 1001 n. alameda st.; chinatown; 213-628-3781
pinot bistro; 12969 ventura blvd.; los angeles; 818/990-0500 | pinot bistro; 12969 ventura blvd.; studio city; 818-990-0500
rex il ristorante; 617 s. olive st.; los angeles; 213/627-2300 | rex il ristorante; 617 s. olive st.; los angeles; 213-627-2300
spago; 1114 horn ave.; los angeles; 310/652-4025 | spago (los angeles); 8795 sunset blvd.; w. hollywood; 310-652-4025
valentino; 3115 pico blvd.; santa monica; 310/829-4313 | valentino; 3115 pico blvd.; santa monica; 310-829-4313
yujean kang's gourmet chinese cuisine; 67 n. raymond ave.; los angeles; 818/585-0855 | yujean kang's; 67 n. raymond ave.; pasadena; 818-585-0855
21 club; 21 w. 52nd st.; new york; 212/582-7200 | 21 club; 21 w. 52nd st.; new york city; 212-582-7200
aquavit; 13 w. 54th st.; new york; 212/307-7311 | aquavit; 13 w. 54th st.; new york city; 212-307-7311
aureole; 34 e. 61st st.; new york; 212/319-1660 | aureole; 34 e. 61st st.; new york city; 212-319-1660
cafe des artistes; 1 w. 67th st.; new york; 212/877-3500 | cafe des artistes; 1 w. 67th st.; new york city; 212-877-3500
carmine's; 2450 broadway; new york; 212/362-2200 | carmine's; 2450 broadway; new york city; 212-362-2200
carnegie deli; 854 seventh ave.; new york; 212/757-2245 | carnegie deli; 854 7th ave.; new york city; 212-757-2245
chanterelle; 2 harrison st.; new york; 212/966-6960 | chanterelle; 2 harrison st.; new york city; 212-966-6960
four seasons grill room; 99 e. 52nd st.; new york; 212/754-9494 | four seasons; 99 e. 52nd st.; new york city; 212-754-9494
gotham bar & grill; 12 e. 12th st.; new york; 212/620-4020 | gotham bar & grill; 12 e. 12th st.; new york city; 212-620-4020
gramercy tavern; 42 e. 20th st.; new york; 212/477-0777 | gramercy tavern; 42 e. 20th st.; new york city; 212-477-0777
la caravelle; 33 w. 55th st.; new york; 212/586-4252 | la caravelle; 33 w. 55th st.; new york city; 212-586-4252
le bernardin; 155 w. 51st st.; new york; 212/489-1515 | le bernardin; 155 w. 51st st.; new york city; 212-489-1515
les celebrites; 160 central park s.; new york; 212/484-5113 | les celebrites; 155 w. 58th st.; new york city; 212-484-5113
lespinasse; 2 e. 55th st.; new york; 212/339-6719 | lespinasse (new york city); 2 e. 55th st.; new york city; 212-339-6719
manhattan ocean club; 57 w. 58th st.; new york; 212/371-7777 | manhattan ocean club; 57 w. 58th st.; new york city; 212-371-7777
park avenue cafe; 100 e. 63rd st.; new york; 212/644-1900 | park avenue cafe (new york city); 100 e. 63rd st.; new york city; 212-644-1900
second avenue deli; 156 2nd ave.; new york; 212/677-0606 | second avenue deli; 156 second ave.; new york city; 212-677-0606
shun lee palace; 155 e. 55th st.; new york; 212/371-8844 | shun lee palace; 155 e. 55th st.; new york city; 212-371-8844
smith & wollensky; 201 e. 49th st.; new york; 212/753-1530 | smith & wollensky; 797 third ave.; new york city; 212-753-1530
tavern on the green; central park at 67th st.; new york; 212/873-3200 | tavern on the green; in central park at 67th st.; new york city; 212-873-3200
uncle nick's; 747 ninth ave.; new york; 212/315-1726 | uncle nick's; 747 9th ave.; new york city; 212-245-7992
virgil's; 152 w. 44th st.; new york; 212/921-9494 | virgil's real bbq; 152 w. 44th st.; new york city; 212-921-9494
ritz-carlton dining room buckhead; 3434 peachtree rd.; atlanta; 404/237-2700 | dining room ritz-carlton buckhead; 3434 peachtree rd. ne; atlanta; 404-237-2700
bone's; 3130 piedmont rd.; atlanta; 404/237-2663 | bone's restaurant; 3130 piedmont road; atlanta; 404-237-2663
heera of india; 595 piedmont ave.; atlanta; 404/876-4408 | heera of india; 595 piedmont ave. rio shopping mall; atlanta; 404-876-4408
la grotta; 2637 peachtree rd.; atlanta; 404/231-1368 | la grotta; 2637 peachtree rd. peachtree house condominium; atlanta; 404-231-1368
mary mac's tea room; 224 ponce de leon ave.; atlanta; 404/876-1800 | mary mac's tea room; 224 ponce de leon ave.; atlanta; 404-876-6604
pano's & paul's; 1232 w. paces ferry rd.; atlanta; 404/261-3662 | pano's & paul's; 1232 w. paces ferry rd.; atlanta; 404-261-3662
cafe ritz-carlton buckhead; 3434 peachtree rd. ne; atlanta; 404/237-2700 | ritz-carlton cafe (buckhead); 3434 peachtree rd. ne; atlanta; 404-237-2700
campton place; 340 stockton st.; san francisco; 415/955-5555 | campton place; 340 stockton st.; san francisco; 415-955-5555
postrio; 545 post st.; san francisco; 415/776-7825 | postrio; 545 post st.; san francisco; 415-776-7825
masa's; 648 bush st.; san francisco; 415/989-7154 | masa's; 648 bush st.; san francisco; 415-989-7154
stars; 150 redwood alley; san francisco; 415/861-7827 | stars; 555 golden gate ave.; san francisco; 415-861-7827
tommy toy's cuisine chinoise; 655 montgomery st.; san francisco; 415/397-4888 | tommy toy's; 655 montgomery st.; san francisco; 415-397-4888
fleur de lys; 777 sutter st.; san francisco; 415/673-7779 | fleur de lys; 777 sutter st.; san francisco; 415-673-7779
yank sing; 427 battery st.; san francisco; 415/362-1640 | yank sing; 427 battery st.; san francisco; 415-781-1111
zuni cafe & grill; 1658 market st.; san francisco; 415/552-2522 | zuni cafe; 1658 market st.; san francisco; 415-552-2522
`

const leftOnly = `
asahi ramen; 2027 sawtelle blvd.; west la; 310/479-2231
baja fresh; 3345 kimber dr.; westlake village; 805/498-4049
belvedere the; 9882 little santa monica blvd.; beverly hills; 310/788-2306
broadway deli; 1457 3rd st. promenade; santa monica; 310/451-0616
cafe '50s; 838 lincoln blvd.; venice; 310/399-1955
cafe blanc; 9777 little santa monica blvd.; beverly hills; 310/888-0108
california pizza kitchen; 207 s. beverly dr.; los angeles; 310/275-1101
hard rock cafe; 8600 beverly blvd.; los angeles; 310/276-7605
planet hollywood; 140 w. 57th st.; new york; 212/333-7827
ruth's chris steak house; 224 s. beverly dr.; los angeles; 310/859-8744
morton's; 8764 melrose ave.; los angeles; 310/276-5205
cafe la boheme; 8400 santa monica blvd.; los angeles; 213/848-2360
le cirque; 58 e. 65th st.; new york; 212/794-9292
le perigord; 405 e. 52nd st.; new york; 212/755-6244
la cote basque; 60 w. 55th st.; new york; 212/688-6525
la reserve; 4 w. 49th st.; new york; 212/247-2993
palm; 837 second ave.; new york; 212/687-2953
the palm too; 840 second ave.; new york; 212/697-5198
cafe pierre; 2 e. 61st st.; new york; 212/940-8185
cafe luxembourg; 200 w. 70th st.; new york; 212/873-7411
nobu; 105 hudson st.; new york; 212/219-0500
union square cafe; 21 e. 16th st.; new york; 212/243-4020
dining room; 15 w. wieuca rd.; atlanta; 404/255-0277
palace court; 3570 las vegas blvd. s; las vegas; 702/731-7547
steak house; 2880 las vegas blvd. s; las vegas; 702/734-0410
`
const rightOnly = `
apple pan the; 10801 w. pico blvd.; west la; 310-475-3585
baker's square; 17921 ventura blvd.; encino; 818-344-2422
broadway diner; 590 madison ave.; new york city; 212-486-8838
cafe lalo; 201 w. 83rd st.; new york city; 212-496-6031
cafe botanica; 160 central park s.; new york city; 212-484-5120
california pizza kitchen; 3400 las vegas blvd. s; las vegas; 702-791-7357
hard rock cafe; 4475 paradise rd.; las vegas; 702-733-8400
planet hollywood; 3500 las vegas blvd. s; las vegas; 702-791-7827
ruth's chris steak house (las vegas); 3900 paradise rd.; las vegas; 702-791-7011
mortons of chicago (las vegas); 3200 las vegas blvd. s; las vegas; 702-893-0703
spago (las vegas); 3500 las vegas blvd. s; las vegas; 702-369-6300
palm the (las vegas); 3500 las vegas blvd. s; las vegas; 702-732-7256
la boheme; 3109 piedmont rd.; atlanta; 404-266-3077
le refuge; 166 e. 82nd st.; new york city; 212-861-4505
la metairie; 189 w. 10th st.; new york city; 212-989-0343
la grenouille; 3 e. 52nd st.; new york city; 212-752-1495
cafe boulud; 20 e. 76th st.; new york city; 212-772-2600
union pacific; 111 e. 22nd st.; new york city; 212-995-8500
square one; 190 pacific ave.; san francisco; 415-788-1110
house of nanking; 919 kearny st.; san francisco; 415-421-1429
house of prime rib; 1906 van ness ave.; san francisco; 415-885-4605
steak house the; 9 main st.; reno; 702-555-0199
bistro garden; 176 n. canon dr.; beverly hills; 310-550-3900
grand cafe; 501 geary st.; san francisco; 415-292-0101
`

const bodies = `
international business machines corp | ibm
international business machines corporation | I.B.M. Corp.
university of california, berkeley | univ. of california at berkeley
univ of wisconsin madison | university of wisconsin-madison
massachusetts institute of technology | mit
hewlett-packard company | hewlett packard co.
at&t inc. | AT & T
general electric company | general electric co
general motors corporation | general motors corp.
procter & gamble co. | procter and gamble company
johnson & johnson | johnson and johnson
the boeing company | boeing co.
microsoft corporation | microsoft corp
siemens ag | siemens aktiengesellschaft
deutsche bank ag | deutsche bank aktiengesellschaft
bayerische motoren werke ag | bmw ag
koninklijke philips n.v. | philips n.v.
volkswagen ag | volkswagen aktiengesellschaft
nippon telegraph and telephone corp | ntt
toyota motor corporation | toyota motor corp.
american express co | amer. express company
american telephone and telegraph | american telephone & telegraph co.
intl paper co | international paper company
natl semiconductor corp | national semiconductor corporation
texas instruments inc | texas instruments incorporated
advanced micro devices inc. | amd
united parcel service inc | ups
federal express corporation | federal express corp
princeton university | princeton univ.
stanford university | stanford univ
university of illinois at urbana-champaign | univ. of illinois, urbana champaign
harvard medical school | harvard med. school
dept. of energy | department of energy
dept of computer science, cornell university | department of computer science, cornell univ.
max planck institute for informatics | max-planck-institut for informatics
oak ridge national laboratory | oak ridge natl lab
lawrence berkeley national laboratory | lawrence berkeley natl. lab
university of pennsylvania | univ. of penn.
carnegie mellon university | carnegie-mellon univ
georgia institute of technology | georgia inst. of tech.
national institutes of health | nih
national science foundation | nsf
food and drug administration | fda
bell laboratories | bell labs
xerox corporation | xerox corp
eli lilly and company | eli lilly & co.
bristol-myers squibb company | bristol myers squibb
merck & co., inc. | merck and co
pfizer inc. | pfizer
sun microsystems, inc. | sun microsystems
cisco systems inc | cisco systems, inc.
oracle corporation | oracle corp.
apple computer, inc. | apple computer inc
dow chemical company | the dow chemical co
e.i. du pont de nemours and company | du pont de nemours & co
minnesota mining and manufacturing company | minnesota mining & mfg co
royal dutch shell plc | royal dutch shell
british airways plc | british airways
barclays bank plc | barclays bank
marks and spencer group plc | marks & spencer
saint-gobain sa | st gobain
societe generale s.a. | société générale
banco santander s.a. | banco santander
fiat s.p.a. | fiat spa
assicurazioni generali s.p.a. | generali assicurazioni
telefonica s.a. | telefónica sa
bangor savings bank | bangor savings bk
childrens hospital boston | children's hospital, boston
st. jude medical center | saint jude medical ctr
mount sinai school of medicine | mt. sinai school of medicine
new york university | new york univ
univ of texas austin | university of texas at austin
california institute of technology | caltech
los alamos national laboratory | los alamos national lab
us department of agriculture | u.s. dept. of agriculture
northrop grumman corporation | northrup grumman corp
schlumberger limited | schlumberger ltd
caterpillar inc | catterpillar inc.
goodyear tire & rubber company | goodyear tire and rubber
levi strauss & co. | levi strauss
`
const leftBodies = `
university of california, los angeles
university of california, san diego
general dynamics corporation
general mills inc
american airlines inc
american standard companies
united airlines
united technologies corp
national instruments corp
national bank of canada
first national bank of chicago
bank of america
bank of new york
texas tech university
university of chicago
ohio state university
florida state university
michigan state university
boston college
boston scientific corp
johnson controls inc
sun life financial
max planck institute for physics
applied materials inc
digital equipment corp
`
const rightBodies = `
university of california, davis
university of california, irvine
general foods corp
general reinsurance
american home products
american brands
united states steel
united biscuits
national cash register
national bank of greece
first national bank of boston
bank of tokyo
bank of montreal
texas a&m university
university of cincinnati
oregon state university
arizona state university
university of michigan
boston university
boston edison
johnson wax
sun oil company
max planck institute for biology
applied signal corp
digital research inc
`

const entry = (row: string): Entry => {
  const [name, street, city, phone] = row.split(';').map((part) => part.trim())
  return { name: name!, ...(street ? { street } : {}), ...(city ? { city } : {}), ...(phone ? { phone } : {}) }
}
const rows = (text: string) => text.trim().split('\n')

function lists(pairs: string, left: string, right: string): Lists {
  const both = rows(pairs).map((row) => row.split(' | ').map(entry))
  return {
    left: [...both.map((pair) => pair[0]!), ...rows(left).map(entry)],
    right: [...both.map((pair) => pair[1]!), ...rows(right).map(entry)],
    same: [...both.map((_, i) => i), ...rows(right).map(() => undefined)],
  }
}

export const restaurants: Lists = lists(places, leftOnly, rightOnly)
export const organisations: Lists = lists(bodies, leftBodies, rightBodies)

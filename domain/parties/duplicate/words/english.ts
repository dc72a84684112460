/** Short ways of writing and the word they stand for. */
export const expansions: ReadonlyMap<string, string> = new Map(
  `univ university|uni university|intl international|int international|internatl international|natl national|nat national|assoc association|assn association|assocs associates|inst institute|
tech technology|techs technologies|technol technology|mfg manufacturing|mfrs manufacturers|svc service|svcs services|serv services|sys systems|syst systems|grp group|gp group|
ctr center|cntr center|centre center|cent center|lab laboratory|labs laboratories|dept department|div division|hosp hospital|med medical|mgmt management|mgt management|
bros brothers|st saint|ste sainte|mt mount|ft fort|deli delicatessen|bbq barbecue|barbeque barbecue|rest restaurant|ristorante restaurant|cafe cafe|caffe cafe|pharm pharmaceutical|pharma pharmaceutical|
chem chemical|elec electric|electr electric|eng engineering|engg engineering|engrg engineering|ind industries|inds industries|indus industries|amer american|am american|brit british|
govt government|gov government|dev development|dist distribution|distrib distribution|fin financial|finl financial|ins insurance|sch school|coll college|acad academy|soc society|fdn foundation|found foundation|
comm communications|comms communications|telecom telecommunications|telecomm telecommunications|trans transport|transp transport|prod products|prods products|res research|sci science|ctrs centers|
us usa|eur europe|calif california|ny newyork|la losangeles|sf sanfrancisco|wash washington|penn pennsylvania|mass massachusetts|depto department`
    .split(/[|\n]+/)
    .filter(Boolean)
    .map((row): [string, string] => row.trim().split(' ') as [string, string]),
)

/** Words that tell nothing: articles, prepositions, connections. */
export const stopWords: ReadonlySet<string> = new Set(
  'the a an of and at in on for by to with from de la le les el los las du des del della di da do dos der die das den und et y e o und zum zur am im s d l'.split(
    ' ',
  ),
)

/** Words that many names have: what a firm is or does. */
export const commonWords: ReadonlySet<string> = new Set(
  `restaurant cafe bar grill grille diner bistro brasserie trattoria pizzeria kitchen house room dining inn tavern pub club steakhouse steak seafood sushi pizza chinese italian french japanese thai
mexican cuisine foods food bakery coffee delicatessen barbecue garden palace hotel hotels resort lounge east west north south street avenue
group holding holdings international national global worldwide american usa america europe european asia pacific china chinese
services service solutions systems system technology technologies software data digital network networks communications telecommunications electronics electronic electric electrical energy power oil gas petroleum
industries industry industrial manufacturing products product materials chemical chemicals pharmaceutical pharmaceuticals medical health healthcare hospital clinic dental laboratories laboratory research development
engineering construction building design consulting consultants management marketing media entertainment financial finance insurance bank capital investment investments partners associates advisors
university college school institute academy center department division faculty society association foundation council agency government ministry state city county public
trading trade import export distribution supply logistics transport transportation shipping airlines airways motors motor automotive auto
store stores shop market markets supermarket retail wholesale enterprises enterprise brothers sons general united first new old great big`
    .split(/\s+/)
    .filter(Boolean),
)

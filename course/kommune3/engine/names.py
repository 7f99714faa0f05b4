"""Common first names in Denmark, Norway and Sweden, lower case: to ask whether a citizen is named.

Written down from general knowledge, no register's list. Names that are everyday words too (Bo, Liv, Rosa,
Sten) are left out: a warning that is mostly wrong is soon not read.
"""

from __future__ import annotations

_DANISH = """
aase abel adam agnes aksel albert alberte alexander alfred alice alma amalie amanda anders andrea andreas
ane anette anita ann anja anna anne annelise annette anni anton arne arthur asger asta astrid axel aya barbara
bendt benedikte benjamin bent bente bertha birger birgit birgitte birte birthe bjarne bodil brian britta
camilla carina carl carla carlo caroline carsten casper cecilie charlotte christa christel christian
christina christine christoffer christopher clara claus connie dan daniel daniella david dennis dorte dorthe
ebba ebbe edith egon eigil einar elias elin elisabeth ella ellen ellie elly elna elsebeth elvira emil emilie
emily emma erik erling ernst esben esther eva fie filip finn flemming freddy frederik frederikke freja frida
frode gerda gert gitte grethe gry gudrun gunhild gunnar hanna hannah hanne hans harald harriet heidi helen
helene helga helge helle henning henny henriette henrik herdis hilda hjalmar holger hugo ib ida inga inge
ingeborg ingelise inger ingrid irene iris irma isabella ivan jacob jakob jan jane janne jannie jeanette jens
jeppe jesper jette jimmy joan johan johanne johannes john johnny jonas jonathan josefine jozefine julie
julius jytte jørgen jørn kaj kamilla karen karin karina karl karla karoline karsten kasper katja katrine
kenneth kent kim kirsten kirstine kitt kjeld klara klaus knud kristian kristina kristine kristoffer kurt
lars laura laurits lauritz laust leif lena lene leo lilian lillian lily linda lisa lisbeth lise liselotte
liva lone lotte louise lucas lukas lærke mads magnus maja malene malou malthe marcus margit margrethe maria
marianne marie marius markus martha martin mathias mathilde matilde merete meta mette michael mie mikkel
mogens monika morten naja nanna natasja nicolai niels nikolaj nikoline nina noah nora norma ole olga oliver
olivia orla oscar oskar otto palle patrick paul pauline peder per pernille peter pia poul preben rasmus
rebecca regitze richard rikke rita robert ruth sabrina sally sandra sanne sara sarah sebastian sigrid silas
silje simon simone sine sofia sofie solveig sonja sophia sophie steen stella stig stine susan susanne sven
svend søren tage tanja thea theis theodor thomas thor thorkild thyra tim tina tine tobias tom tommy torben
tove trine troels uffe ulla ulrik vagn valdemar vera verner vibeke victor victoria viggo viktor villads
villy vilma vita vivi vivian walther werner william winnie yrsa yvonne åge åse
"""

_NORWEGIAN_AND_SWEDISH = """
agneta amund anders annika anniken arvid asbjörn asbjørn aud aurora bengt berit birgitta björn bjørg bjørn
bjørnar britt börje carin dagfinn dagny doris eirik eivind elisabet elsa embla emelie endre erika erland
eskil espen evy ewa fanny fredrik frode frøya frøydis geir gunilla gunn gunnel gustaf gustav göran gösta
halvor hampus hedda hedvig henrikke hilde hildur håkan håkon idun ingebjørg ingegerd ingemar ingvar ingvild
jarl jonny jorunn kai karianne kerstin kjell kjersti kjetil klas knut kristin kåre lage leiv lennart
lillemor linn linnea linnéa linus lovisa magnhild malin margareta margareth marit marita mats mattias maud
mikael moa monica märta målfrid mårten nils oddbjørn oddny oddvar ola olav olof peer pelle petra petter
pontus ragna ragnar ragnhild randi reidar reidun roger rolf ronja ronny roy rut selma sigbjørn sigmund
sigurd sigvard sindre siri sissel siv siw snorre stefan stein steinar sture sunniva svante svein sverre
sylvi sølvi terese terje thorbjørn thore tilde tomas tonje tor torbjörn tord tore torgeir torhild toril
torill torkel torstein torsten trond trygve turid tuva ulf ulrika unni urban vanja vegard vidar vigdis
viveka wenche yngve älva åke åsa åshild örjan östen øystein øyvind
"""

_FROM_ELSEWHERE = """
abdallah abdi abdul abdullah adnan agnieszka ahmad ahmed aisha aleksandra ali alina amal amina amir amira
anastasia andrzej aneta asma ayaan ayse aysha ayşe bilal bogdan dalia dariusz denisa dragan dzenana ebru
elena elif emine emir emre esra farah farid fatih fatima fatma fatuma florin gabriela goran gülsüm habiba
hadi halima hamid hamza hanan hassan hatice huda hussein ibrahim igor iman imran ionut ismail iwona jamal
jasmin jelena joanna jovana kadir karim katarzyna khadija khaled khalid krzysztof layla leila leyla lina
mahmoud malgorzata marek mariam mariusz maryam małgorzata mehmet melek milan milena mohamad mohamed mohammad
mohammed mona muhammad muhammed mustafa nadia najib natalia nguyen noor nour oksana oleksandr olena omar
osama osman pawel paweł piotr rahma rami rana rania rashid reza rukhsana saida salim samer samir samira sana
selim semra senad serkan shukri sibel svetlana tahir tamara tarek tomasz uzma vesna yasin yasmin youssef
yusuf zahra zainab zeynep zofia zoran
"""

FIRST_NAMES = frozenset(f"{_DANISH} {_NORWEGIAN_AND_SWEDISH} {_FROM_ELSEWHERE}".split())
"""Some 700 first names."""

TITLES = frozenset(["fru", "frue", "frøken", "frk", "herr", "hr", "fröken"])
"""What stands before a surname, in the three languages."""

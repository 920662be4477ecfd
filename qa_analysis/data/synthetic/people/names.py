"""Invented names for invented people."""

from random import Random

FORENAMES = (
    "Abena", "Adaeze", "Aidan", "Aisling", "Alasdair", "Alicja", "Amara", "Anjali", "Annika", "Anwen", "Beatrix",
    "Bethan", "Bilal", "Bronagh", "Callum", "Carys", "Ceri", "Chidi", "Clodagh", "Connie", "Dafydd", "Damini",
    "Delphine", "Dervla", "Dominik", "Eilidh", "Elspeth", "Emeka", "Esme", "Ewan", "Faisal", "Farida", "Fenella",
    "Fergus", "Folake", "Gareth", "Gwenno", "Hamish", "Hania", "Harriet", "Hussain", "Idris", "Imogen", "Ines",
    "Iqra", "Isolde", "Jarek", "Jemima", "Jocelyn", "Kamala", "Katya", "Keziah", "Kwame", "Leila", "Leopold",
    "Lowri", "Mairead", "Malachy", "Marguerite", "Mehreen", "Morwenna", "Nadia", "Niamh", "Nkechi", "Olwen",
    "Osian", "Padraig", "Parveen", "Perpetua", "Philippa", "Pilar", "Rafferty", "Renée", "Rhiannon", "Róisín",
    "Rukhsana", "Sanjeev", "Saoirse", "Seán", "Selina", "Shanice", "Siân", "Sinéad", "Stellan", "Tabitha", "Tamsin",
    "Temitope", "Tilda", "Tomasz", "Ursula", "Verity", "Winifred", "Xanthe", "Yasmin", "Yusuf", "Zainab", "Zoë",
    "Zofia",
)  # fmt: skip
SURNAMES = (
    "Adeyombe", "Afolarin", "Applewick", "Arkwell", "Ashgarth", "Balogunde", "Barrowclere", "Bexleigh", "Birtlethwaite",
    "Brackenby", "Branthwell", "Brocklesden", "Calderstowe", "Carrowmoyle", "Chakravar", "Chattergood", "Clatterby",
    "Copplestane", "Dalgarven", "Desmoulin", "Dhaliwande", "Drumgarrow", "Eccleshaw", "Elverstoke", "Fairhalgh",
    "Farthinghoe", "Fenwythe", "Gathercombe", "Gillowby", "Glendorran", "Gorsedale", "Greenhalf", "Hartlewood",
    "Haverthorn", "Hesketwell", "Hollinbrow", "Hucklecote", "Iyengarth", "Jandurani", "Kaczmarow", "Kettlewyn",
    "Khalidani", "Kilbraney", "Kirkbrayne", "Lanyonby", "Larkhamton", "Lintonshaw", "Lovelacey", "Macanallen",
    "Maddockson", "Malhotrane", "Mapplewell", "Mbekwele", "Merrowdale", "Mossfordby", "Nettlecombe", "Nowickson",
    "Nwachuku-Lee", "Oakenfold", "Obafemson", "Okonjola", "Oldershaw-Bell", "Osterley-Nunn", "Pendlecrag",
    "Penhallick", "Perezano", "Pickersgale", "Plumstowe", "Quarmsby", "Quinlaven", "Rahmanul", "Ravenscroft-Ali",
    "Redferne", "Rimmerdale", "Rosthwayne", "Saltmarch", "Sandiforth", "Scarthwell", "Sewellby", "Shepleigh",
    "Singhdale", "Skelhornby", "Stainforthe", "Szymanowy", "Tattershaw", "Thistlewick", "Thornleyby", "Tolpuddick",
    "Trevanyon", "Tyldesford", "Uddinham", "Vanstonby", "Venkatara", "Wainscote", "Waltherby", "Wetherfold",
    "Whittlemoor", "Winstanmoor", "Wrathallby", "Yatesdale", "Yeardsley",
)  # fmt: skip


def new_name(random: Random, taken: set[str]) -> str:
    """A name nobody in the council has yet."""
    while (name := f"{random.choice(FORENAMES)} {random.choice(SURNAMES)}") in taken:
        pass
    taken.add(name)
    return name

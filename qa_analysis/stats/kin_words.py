"""Words of one kind: what people in children's services say for the same thing, by what it is about.

A star stands for any ending. Of phrases that overlap the longest counts, so a personal education plan is education
and no plan for safety. The words are ours, of the framework and of the field's ordinary vocabulary.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KIN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "help and protection": {
        "front door": (
            "front door, contact and referral, contacts, referrals, mash, multi-agency safeguarding hub, duty team, "
            "step* down, step* up, first contact, out of hours, out-of-hours, emergency duty, re-referral*"
        ),
        "thresholds": "threshold*, level of need, levels of need, criteria",
        "early help": "early help, preventative, prevention, family support, edge of care, earl* intervention",
        "enquiries": (
            "strategy discussion*, strategy meeting*, section 47, s47, child protection enquir*, child protection "
            "investigation*, conference*, core group*, urgen* response, child protection response"
        ),
        "court work": (
            "public law outline, plo, pre-proceeding*, preproceeding*, court*, care proceedings, legal planning, "
            "letter* before"
        ),
        "harm": (
            "neglect*, domestic abuse, domestic violence, sexual abuse, significant harm, risk of harm, chronic, "
            "cumulative, harmful, safeguard*, escalat*, at risk"
        ),
        "outside the home": (
            "exploit*, missing, return home interview*, return interview*, gang*, criminal*, radicali*, contextual, "
            "trafficking, county lines"
        ),
        "homeless": "homeless*, 16- and 17-year-old*, 16 and 17 year old*, aged 16 and 17, aged 16 to 17",
        "private fostering": "private* foster*, private arrangement*",
        "permanence": (
            "permanen*, adopt*, early permanence, foster* to adopt, reunif*, return* home from care, match*, special "
            "guardianship, sgo, long-term foster*, longer-term plan*, discharge, revocation"
        ),
        "placed at home": (
            "placement with parent*, placements with parent*, placed with parent*, live with parent*, living at home, "
            "placed at home, connected person*, connected carer*, kinship, family and friend*, regulation 24"
        ),
        "unregistered": "unregistered, unregulated, illegal, secure accommodation, deprivation of liberty",
        "plans": (
            "plan, plans, planning, safety plan*, child in need plan*, child protection plan*, care plan*, written "
            "plan*, pathway plan*"
        ),
        "plan parts": (
            "contingen*, smart, timebound, timescale*, specific action*, clear action*, achievable, measurable, "
            "outcome-focused, goals, targets, desired outcome*"
        ),
        "drift": "drift, delay*, stuck, pace, stall*",
        "stability": "placement stability, stable home*, placement move*, disruption*, settled, belong*",
        "unborn": "unborn, pre-birth, prebirth, babies, baby, infant*",
        "in need": "children in need, child in need, cin, help and protection, in need of help",
        "disabled": "disabled, disabilit*, special educational, send, short break*",
        "safety": "safe, safer, safety, protected, danger*, protect",
        "young carers": "young carer*",
    },
    "assessment": {
        "assessments": "assess, assessed, assesses, assessing, assessment, assessments, reassess*",
        "risk assessment": (
            "risk assess*, assess* of risk*, assess* risk*, risk and need*, identif* of risk*, identification of "
            "risk*, identif* risk*"
        ),
        "analysis": (
            "analys*, analytical, professional curiosity, curious, curiosity, hypothes*, weigh*, explor*, understand* "
            "of the impact, makes sense"
        ),
        "history": (
            "history, histories of the family, past events, previous concerns, parenting capacity, family history, "
            "background, genogram*, viability, risk factor*, strengths and risks"
        ),
        "identity": (
            "identity, cultur*, divers*, ethnic*, heritage, religio*, language, faith, equality, sexuality, gender, "
            "race"
        ),
        "checks": "checks, vetting, dbs",
    },
    "recording": {
        "records": (
            "record, records, recorded, recording, recordings, case file*, case note*, file, files, written up, "
            "written record*, minutes, documented, documentation, paperwork, electronic, system for recording, "
            "upload*, case summar*"
        ),
        "chronology": "chronolog*",
        "letters": (
            "letter*, report* written, plain language, written to the child, jargon, write* to children, written in"
        ),
        "accuracy": "accura*, up to date, up-to-date, incomplete, complete record*, duplicat*, rationale",
        "consent": "consent",
    },
    "relationship": {
        "life story": "life story, life-story, later life letter*, memory box*",
        "direct work": "direct work, creative, tools, play, drawing, three houses",
        "voice": (
            "voice*, wishes, feelings, views, listen*, heard, say in, lived experience*, experiences and views, "
            "child-centred, child's eyes, daily life, day in the life"
        ),
        "participation": (
            "participat*, influence, influencing, co-produc*, advoca*, independent visitor*, council for children, "
            "children in care council, consult*, complaint*"
        ),
        "constant worker": (
            "changes of social worker*, change of social worker*, changes of worker*, changes in worker*, changes in "
            "social worker*, continuity, consistent social worker*, consistency of social worker*, "
            "consistency of children's social worker*, same social worker*, single consistent, trust*, relationship*, "
            "stability of children's social worker*, stability "
            "and consistency of"
        ),
        "visits": "visit, visits, visited, visiting, seen alone, sees alone, saw alone",
        "family work": (
            "parents, mother, father, fathers, carers, family members, wider family, family network*, grandparent*, "
            "respect*, empath*, warm*, kind*, strengths-based, honest, restorative, systemic, engage*"
        ),
    },
    "multi-agency": {
        "partners": (
            "partner, partners, partnership*, agencies, agency, multi-agency, multiagency, inter-agency, joint "
            "working, working together, joined up, strategic relationship*, professionals, professional network"
        ),
        "named partners": (
            "police, health visitor*, school nurse*, nursery, schools, probation, general practitioner*, gp, midwi*, "
            "colleagues, health professional*, health partner*, adult services, community health, paediatric*"
        ),
        "sharing": (
            "information sharing, information-sharing, share* information, sharing information, shared information, "
            "shared with, communicat*, invited, attend, attendance at, attended by, contribut*"
        ),
        "allegations": "designated officer*, lado, allegation*",
    },
    "oversight": {
        "supervision": "supervis*, reflective, case discussion*",
        "management": (
            "management oversight, management overview, manager*, managerial, senior management, line management, "
            "frontline management, management direction, management decision*, management grip, oversight, overview, "
            "scrutin*, grip, rigour, sign* off, signed off, authoris*, direction"
        ),
        "chairs": (
            "independent reviewing officer*, iro, iros, reviewing officer*, child protection chair*, conference "
            "chair*, independent chair*, dispute resolution, challenge, challenges, challenging, child protection "
            "co-ordinator*"
        ),
        "assurance": (
            "quality assur*, audit*, case file audit*, performance, self-evaluation, self-assessment, data, learning "
            "from, learning loop, evaluat*, dip sampl*, dashboard*, practice review*"
        ),
        "tracking": "track*, monitor*",
        "leaders": (
            "leader*, senior manager*, leadership, corporate parent*, elected member*, council members, members, "
            "director, governance, strategic, political, accountab*"
        ),
        "caseloads": "caseload*, workload*, case load*",
    },
    "provision": {
        "care leavers": (
            "care leaver*, leaving care, leave care, care-experienced, care experienced, local offer, "
            "personal adviser*, personal advisor*, independence, independent living, preparation for, entitlement*, "
            "staying put, aged 21, aged 18, over 18, post 21, transition* to adulthood, rights"
        ),
        "accommodation": "accommodation, housing, bed and breakfast, tenanc*, suitable home*",
        "homes": (
            "sufficiency, sufficient, range of placement*, placement choice, choice of placement*, placements, "
            "availab*, foster carer*, foster home*, fostering service*, children's home*, residential, recruit*, "
            "local placement*, homes for children, commission*, supported lodging*, places to live"
        ),
        "health": (
            "health assessment*, initial health, health histor*, health need*, health passport*, health review*, "
            "health services, dental, dentist*, immunis*, mental health, emotional health, emotional well*, camhs, "
            "therap*, wellbeing, well-being, medical, strengths and difficulties"
        ),
        "education": (
            "education*, employment, training and employment, virtual school, personal education plan*, education "
            "plan*, pep, peps, attainment, exclu*, neet, apprentice*, school place*, full-time education, attend "
            "school, elective* home"
        ),
        "migrant children": "unaccompanied, asylum*, separated migrant*, migrant*",
        "workforce": (
            "workforce, staff*, capacity, vacanc*, turnover, retention, retain, retention of, agency worker*, social "
            "work capacity, resourc*, team structure*"
        ),
        "training": "training, train, trained, professional development, workforce development, skills, knowledge",
        "services": (
            "services for, services to, provision of services, range of services, service offer, respite, access to, "
            "waiting time*, waiting list*, waiting"
        ),
        "systems": "it system*, ict, case management system*, technolog*, infrastructure",
    },
    "facts": {
        "population": (
            "national average, primary school*, secondary school*, free school meal*, minority ethnic, per cent, "
            "census, live in the area, population, live in this area"
        ),
        "report furniture": (
            "in post since, operates, inspection, inspected, were judged, judged to be, at 31 march, outcome three, "
            "outcome two, previous inspection, this report, raising awareness"
        ),
    },
})  # fmt: skip

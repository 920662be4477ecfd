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
            "step* down, step* up, first contact, out of hours, out-of-hours, emergency duty, re-referral*, point "
            "of contact, initial contact*, office hours, emergency duty service, single point of access, integrated "
            "front door, contact officer*, screening, triage, initial response"
        ),
        "thresholds": (
            "threshold*, level of need, levels of need, criteria, level of intervention, levels of intervention, "
            "proportionate response*, right level of"
        ),
        "early help": (
            "early help, preventative, prevention, family support, edge of care, earl* intervention, targeted help, "
            "family hub*, children's centre*, universal service*, family help, team around the, lead professional*"
        ),
        "enquiries": (
            "strategy discussion*, strategy meeting*, section 47, s47, child protection enquir*, child protection "
            "investigation*, conference*, core group*, urgen* response, child protection response, s.47, s 47, "
            "section 47s, joint investigation*, child protection medical*, review conference*, icpc, rcpc, "
            "protective action*"
        ),
        "court work": (
            "public law outline, plo, pre-proceeding*, preproceeding*, court*, care proceedings, legal planning, "
            "letter* before, care order*, supervision order*, interim order*, emergency protection, legal "
            "proceedings, legal gateway, legal advice, legal action, proceedings, threshold document*"
        ),
        "harm": (
            "neglect*, domestic abuse, domestic violence, sexual abuse, significant harm, risk of harm, chronic, "
            "cumulative, harmful, safeguard*, escalat*, at risk, abuse, abused, abusive, maltreat*, coercive, "
            "substance misuse, substance use, female genital mutilation, fgm, honour-based, forced marriage, "
            "non-accidental, parental conflict, response to risk*, respond to risk*, worries and concerns, "
            "persistent risk*"
        ),
        "outside the home": (
            "exploit*, missing, return home interview*, return interview*, gang*, criminal*, radicali*, contextual, "
            "trafficking, county lines, extra-familial, extrafamilial, child sexual, cse, cce, youth violence, "
            "knife, vulnerable adolescent*, online safety, online harm"
        ),
        "homeless": (
            "homeless*, 16- and 17-year-old*, 16 and 17 year old*, aged 16 and 17, aged 16 to 17, rough sleep*, "
            "sofa surf*, aged 16 or 17"
        ),
        "private fostering": "private* foster*, private arrangement*",
        "permanence": (
            "permanen*, adopt*, early permanence, foster* to adopt, reunif*, return* home from care, match*, "
            "special guardianship, sgo, long-term foster*, longer-term plan*, discharge, revocation, twin track*, "
            "twin-track*, long-term plan*, permanent home*, permanent famil*, lifelong link*"
        ),
        "placed at home": (
            "placement with parent*, placements with parent*, placed with parent*, live with parent*, living at "
            "home, placed at home, connected person*, connected carer*, kinship, family and friend*, regulation 24, "
            "reg 24, friends and family, relative, relatives, kin carer*"
        ),
        "unregistered": "unregistered, unregulated, illegal, secure accommodation, deprivation of liberty",
        "plans": (
            "plan, plans, planning, safety plan*, child in need plan*, child protection plan*, care plan*, written "
            "plan*, pathway plan*, planned work, family plan*, trajectory"
        ),
        "plan parts": (
            "contingen*, smart, timebound, timescale*, specific action*, clear action*, achievable, measurable, "
            "outcome-focused, goals, targets, desired outcome*, clear actions, time-bound, timeframe*, next steps, "
            "outcome focused, vague, plan b, parallel plan*, twin plan*, fall-back*, target setting, target date*"
        ),
        "drift": (
            "drift, delay*, stuck, pace, stall*, avoidable, too long, progression, slow, momentum, purposeful "
            "progress, urgency, unnecessarily long"
        ),
        "stability": (
            "placement stability, stable home*, placement move*, disruption*, settled, belong*, placement "
            "breakdown*, breakdown of placement*, unplanned move*, changes of placement*, change of placement*, "
            "number of moves"
        ),
        "unborn": "unborn, pre-birth, prebirth, babies, baby, infant*",
        "in need": (
            "children in need, child in need, cin, help and protection, in need of help, children subject to child "
            "in need"
        ),
        "disabled": "disabled, disabilit*, special educational, send, short break*",
        "safety": "safe, safer, safety, protected, danger*, protect, keep safe, kept safe, keep children safe",
        "young carers": "young carer*",
    },
    "assessment": {
        "assessments": "assess, assessed, assesses, assessing, assessment, assessments, reassess*",
        "risk assessment": (
            "risk assess*, assess* of risk*, assess* risk*, risk and need*, identif* of risk*, identification of "
            "risk*, identif* risk*, analysis of risk*, recognition of risk*, recognise risk*, recognising risk*, "
            "identification and response to"
        ),
        "analysis": (
            "analys*, analytical, professional curiosity, curious, curiosity, hypothes*, weigh*, explor*, "
            "understand* of the impact, makes sense, professional judgement*, critical thinking, reasoned, so what, "
            "descriptive, underlying, root cause*, protective factor*"
        ),
        "history": (
            "history, histories of the family, past events, previous concerns, parenting capacity, family history, "
            "background, genogram*, viability, risk factor*, strengths and risks, past harm, past involvement, "
            "previous involvement, previous assessment*, previous referral*, repeat referral*, patterns of, "
            "intergenerational, earlier intervention*, family tree*, childhood experience*, case histor*, family "
            "histor*"
        ),
        "identity": (
            "identity, cultur*, divers*, ethnic*, heritage, religio*, language, faith, equality, sexuality, gender, "
            "race, individual needs, protected characteristic*, lgbt*, neurodiver*, autis*, individualised"
        ),
        "checks": "checks, vetting, dbs",
    },
    "recording": {
        "records": (
            "record, records, recorded, recording, recordings, case file*, case note*, file, files, written up, "
            "written record*, minutes, documented, documentation, paperwork, electronic, system for recording, "
            "upload*, case summar*, record keeping, record-keeping, recordkeeping, write up, entries, entered on, "
            "logged, database*, inputting, written down"
        ),
        "chronology": "chronolog*, timeline*",
        "letters": (
            "letter*, report* written, plain language, written to the child, jargon, write* to children, written "
            "in, acronym*, abbreviation*, plain english, easy read, accessible language, translat*"
        ),
        "accuracy": (
            "accura*, up to date, up-to-date, incomplete, complete record*, duplicat*, rationale, out of date, "
            "out-of-date, outdated, inaccura*, gaps in record*, missing information"
        ),
        "consent": "consent, permission",
    },
    "relationship": {
        "life story": "life story, life-story, later life letter*, memory box*",
        "direct work": (
            "direct work, creative, tools, play, drawing, three houses, age-appropriate, worksheet*, puppet*, "
            "wishes and feelings work"
        ),
        "voice": (
            "voice*, wishes, feelings, views, listen*, heard, say in, lived experience*, experiences and views, "
            "child-centred, child's eyes, daily life, day in the life, own words, spoken to, seen and heard, "
            "child's view*, children's view*, what matters to"
        ),
        "participation": (
            "participat*, influence, influencing, co-produc*, advoca*, independent visitor*, council for children, "
            "children in care council, consult*, complaint*, children's council, young inspector*, child's "
            "participation"
        ),
        "constant worker": (
            "changes of social worker*, change of social worker*, changes of worker*, changes in worker*, changes "
            "in social worker*, continuity, consistent social worker*, consistency of social worker*, consistency "
            "of children's social worker*, same social worker*, single consistent, trust*, relationship*, stability "
            "of children's social worker*, stability and consistency of, consistency of worker*, consistency of "
            "practitioner*, consistent worker*, consistent practitioner*, frequent change*, too many social "
            "worker*, handover*, hand over, transfer between, change of practitioner*, changes of practitioner*, "
            "changes in practitioner*, allocation of social worker*, change* of allocated"
        ),
        "visits": (
            "visit, visits, visited, visiting, seen alone, sees alone, saw alone, home visit*, seen regularly, seen "
            "frequently, unannounced"
        ),
        "family work": (
            "parents, mother, father, fathers, carers, family members, wider family, family network*, grandparent*, "
            "respect*, empath*, warm*, kind*, strengths-based, honest, restorative, systemic, engage*, birth "
            "famil*, birth parent*, brothers and sisters, siblings, family time, absent father*, stepfather*, "
            "step-parent*, motivational"
        ),
    },
    "multi-agency": {
        "partners": (
            "partner, partners, partnership*, agencies, agency, multi-agency, multiagency, inter-agency, joint "
            "working, working together, joined up, strategic relationship*, professionals, professional network, "
            "cross-agency, other agencies, multi-disciplinary, multidisciplinary, safeguarding board*, lscb, lscp, "
            "joint work, jointly, collaborat*, integrated work*, co-locat*"
        ),
        "named partners": (
            "police, health visitor*, school nurse*, nursery, schools, probation, general practitioner*, gp, "
            "midwi*, colleagues, health professional*, health partner*, adult services, community health, "
            "paediatric*, teacher*, teaching staff, drug and alcohol service*, youth justice, youth offending, "
            "cafcass, hospital*, ambulance, safeguarding lead*, childminder*, childcare"
        ),
        "sharing": (
            "information sharing, information-sharing, share* information, sharing information, shared information, "
            "shared with, communicat*, invited, attend, attendance at, attended by, contribut*, exchange of "
            "information, exchange information, timely information, dialogue"
        ),
        "allegations": "designated officer*, lado, allegation*",
    },
    "oversight": {
        "supervision": "supervis*, reflective, case discussion*, one-to-one, 1:1, reflection, reflect with",
        "management": (
            "management oversight, management overview, manager*, managerial, senior management, line management, "
            "frontline management, management direction, management decision*, management grip, oversight, "
            "overview, scrutin*, grip, rigour, sign* off, signed off, authoris*, direction, case direction*, "
            "management footprint, management guidance, management advice, manager's, managers'"
        ),
        "chairs": (
            "independent reviewing officer*, iro, iros, reviewing officer*, child protection chair*, conference "
            "chair*, independent chair*, dispute resolution, challenge, challenges, challenging, child protection "
            "co-ordinator*, mid-point review*, midway review*, mid-way review*, midway point*, cp chair*, practice "
            "alert*, escalation process*, escalation by, formal escalation"
        ),
        "assurance": (
            "quality assur*, audit*, case file audit*, performance, self-evaluation, self-assessment, data, "
            "learning from, learning loop, evaluat*, dip sampl*, dashboard*, practice review*, scorecard*, "
            "benchmark*, kpi*, management information, peer challenge, feedback loop*, learning culture, self "
            "evaluation"
        ),
        "tracking": (
            "track*, monitor*, follow* up, followed through, follow through, month to month, actions are completed"
        ),
        "leaders": (
            "leader*, senior manager*, leadership, corporate parent*, elected member*, council members, members, "
            "director, governance, strategic, political, accountab*, chief executive*, lead member*, improvement "
            "plan*, improvement board*, strategy, strategies, vision, corporate, ambition*"
        ),
        "caseloads": "caseload*, workload*, case load*, manageable",
    },
    "provision": {
        "care leavers": (
            "care leaver*, leaving care, leave care, care-experienced, care experienced, local offer, personal "
            "adviser*, personal advisor*, independence, independent living, preparation for, entitlement*, staying "
            "put, aged 21, aged 18, over 18, post 21, transition* to adulthood, rights, adulthood, young adult*, "
            "care leaving, leaving-care, aged 25, pathway to independence"
        ),
        "accommodation": (
            "accommodation, housing, bed and breakfast, tenanc*, suitable home*, place to live, rent, tenan*"
        ),
        "homes": (
            "sufficiency, sufficient, range of placement*, placement choice, choice of placement*, placements, "
            "availab*, foster carer*, foster home*, fostering service*, children's home*, residential, recruit*, "
            "local placement*, homes for children, commission*, supported lodging*, places to live, emergency "
            "placement*, market, placement availability"
        ),
        "health": (
            "health assessment*, initial health, health histor*, health need*, health passport*, health review*, "
            "health services, dental, dentist*, immunis*, mental health, emotional health, emotional well*, camhs, "
            "therap*, wellbeing, well-being, medical, strengths and difficulties, sdq, sdqs, physical health, "
            "health plan*, health check*, emotional support, substance services"
        ),
        "education": (
            "education*, employment, training and employment, virtual school, personal education plan*, education "
            "plan*, pep, peps, attainment, exclu*, neet, apprentice*, school place*, full-time education, attend "
            "school, elective* home, school attendance, attends school, reading, alternative provision, timetable*, "
            "missing education, learning outcomes"
        ),
        "migrant children": "unaccompanied, asylum*, separated migrant*, migrant*",
        "workforce": (
            "workforce, staff*, capacity, vacanc*, turnover, retention, retain, retention of, agency worker*, "
            "social work capacity, resourc*, team structure*, churn, permanent workforce, permanent social worker*, "
            "newly qualified, asye, social workers leave"
        ),
        "training": (
            "training, train, trained, professional development, workforce development, skills, knowledge, learning "
            "and development, practice model*, practice framework*, confident in, awareness of"
        ),
        "services": (
            "services for, services to, provision of services, range of services, service offer, respite, access "
            "to, waiting time*, waiting list*, waiting, timely support, take-up of, specialist support"
        ),
        "systems": (
            "it system*, ict, case management system*, technolog*, infrastructure, digital, electronic system*"
        ),
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

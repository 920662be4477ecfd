"""The sections of the moderation report: does the panel agree with our auditors? One function per section."""

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import counted
from qa_analysis.measures import family
from qa_analysis.measures.populations import all_routes, random_third
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report, RestrictedList
from qa_analysis.reports.moderation import charts as figures
from qa_analysis.reports.moderation.cards import calibration_cards
from qa_analysis.reports.moderation.lists import moderation_list
from qa_analysis.reports.moderation.tables import (
    AGREEMENT,
    agreement_by_area,
    agreement_table,
    appendix_table,
    direction_table,
    far_moves,
    far_moves_by_area,
    groups_table,
    month_lines,
    view_table,
    year_lines,
)
from qa_analysis.reports.moderation.words import (
    WHY_THEY_DIFFER,
    difference_sentences,
    direction_sentences,
    direction_title,
    due_sentence,
    practice_sentences,
    spread_sentences,
    upheld_sentences,
    view_sentences,
    year_label,
)
from qa_analysis.reports.moderation.workshop import workshop_pack
from qa_analysis.telling.blocks import Html, bullets, chart, heading, page, paragraph, table, table_unless_zero
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.supply import told_of
from qa_analysis.telling.wording import of_all, year_agreement

BOTH = 2  # blind panels and sighted ones
BLIND_NOTE = (
    "Disputed and referred audits are chosen because somebody disagrees with the grade. Only the randomly selected "
    "third shows how far all grades would be upheld. A panel that has seen the auditor's grade is more likely to agree "
    "with it."
)


@told_of("moderations")
def summary(month: Month) -> Html:
    """Moderation in the Senior Management Team's report: what the panel saw, which way it moved grades, agreement."""
    parts = [
        paragraph(" ".join(filter(None, (due_sentence(month), of_all(month), year_agreement(month))))),
    ]
    pairs = month.figure("agreement_exact", period=month.year, population=random_third(month.rules))
    if pairs and pairs.denominator > 0:
        parts += [
            heading(direction_title(month), level=3),
            *_by_sight(month),
            table(
                agreement_table(month, random_third(month.rules)),
                "Moderation outcomes by area of practice",
                numbers=AGREEMENT,
            ),
            paragraph(BLIND_NOTE, kind="note"),
        ]
    return page(*parts)


def _by_sight(month: Month) -> list[Html]:
    """Grades upheld by panels that had not seen the auditor's, and by those that had; nothing unless there are both."""
    third = random_third(month.rules)
    if len(month.figures("agreement_exact", by="was_blind", period=month.year, population=third)) < BOTH:
        return []
    return [
        chart(
            figures.blind_and_sighted(month, third),
            alt="Two dots with intervals: the share of grades upheld by panels that had not seen the auditor's grade, "
            "and by those that had; the values are in measures.csv, measure agreement_exact by was_blind.",
            caption=f"Randomly selected audits, {year_label(month)}: grades that the panel upheld, with the number of "
            "audits (n).",
        )
    ]


def cover(month: Month) -> Html:
    """What this is, for which cycle, true on which day, from how many decisions."""
    done, over = month.count("moderation_done"), _pairs(month)
    counts = f"{counted(done, 'panel decision')} on this cycle, {over} over the year"
    return page(
        cover_line(month, counts if "moderations" in month.supplied else "panel decisions: not supplied"),
        paragraph(
            "Grades are the auditors' judgements; the panel's are the council's shared view of what good looks like. "
            "Neither is Ofsted's. Nobody is ranked here: how one auditor grades is for that auditor and the Quality "
            "Assurance Manager alone.",
            kind="note",
        ),
    )


@told_of("moderations")
def upheld(month: Month) -> Html:
    """The month: how many grades were upheld, crossed the Good line, changed by two; random, referred, and all."""
    far, areas, lines = far_moves(month), far_moves_by_area(month), month_lines(month)
    parts = [bullets(upheld_sentences(month), kind="claims"), _by_route(month)]
    if not far.empty:
        parts.append(table(far, "Overall grades changed by two or more", numbers=["Decisions"]))
    if not areas.empty:
        parts.append(table(areas, "Key area grades changed by two or more", numbers=["Decisions"]))
    return page(
        *parts,
        table(lines, f"Grades upheld in {month_name(month.month)}", numbers=list(lines.columns[1:])),
        paragraph(
            "An audit both disputed and selected at random is counted in the first two lines, and once in the whole "
            "month. The estimate for the whole month counts each referred audit itself, and lets the randomly selected "
            "ones represent all the others.",
            kind="note",
        ),
    )


@told_of("moderations")
def over_year(month: Month) -> Html:
    """The year: agreement on the random third, on all routes unadjusted, and on all routes weighted."""
    lines = year_lines(month)
    if (lines["Decisions"] == "0").all():
        return paragraph(year_agreement(month))
    parts = [
        paragraph(year_agreement(month)),
        table(lines, f"Grades upheld, calculated in three ways, {year_label(month)}", numbers=list(lines.columns[1:])),
        paragraph(WHY_THEY_DIFFER, kind="note"),
    ]
    drawn = month.figure("agreement_exact", period=month.year, population=random_third(month.rules))
    if drawn and drawn.denominator > 0:
        by_area = agreement_by_area(month)
        parts += [
            _grid(month, drawn.denominator),
            table(by_area, "Agreement by key area, random third", numbers=list(by_area.columns[1:])),
        ]
    return page(*parts)


@told_of("moderations")
def direction(month: Month) -> Html:
    """Whether auditors grade more generously than the panel, overall and by key area."""
    shown = direction_table(month)
    return page(
        heading(direction_title(month), level=3),
        bullets([*direction_sentences(month), *spread_sentences(month)]),
        *(
            []
            if shown.empty
            else [
                table(
                    shown, "Direction of changes to grades, randomly selected audits", numbers=list(shown.columns[1:])
                )
            ]
        ),
    )


@told_of("moderations")
def where(month: Month) -> Html:
    """Where grades are changed: by service, auditor's role, blind or not, before and since auditors were widened."""
    asked = {
        "service_area": f"by service, {span_name(month.place_year)}" if month.place_year else "",
        "auditor_role": "by the auditor's role",
        "was_blind": "by whether the panel had seen the auditor's grade",
        "era": "before and since more roles began to audit",
    }  # fmt: skip
    shown = {words: groups_table(month, column) for column, words in asked.items()}
    if all(found.empty for found in shown.values()):
        return paragraph("No randomly selected audit was moderated, so there is nothing to compare.")
    return page(
        *(
            table(found, f"Randomly selected audits, {words}", numbers=list(found.columns[1:]))
            for words, found in shown.items()
            if not found.empty
        ),
        bullets(difference_sentences(month)),
        paragraph(
            "Services and roles differ in the work that is audited. They are not ranked. A role held by only one "
            "auditor is not shown by itself.",
            kind="note",
        ),
    )


@told_of("moderations")
def all_audits(month: Month) -> Html:
    """What the panel would have said of all headline audits, beside what the auditors said."""
    shown = view_table(month)
    parts = [bullets(view_sentences(month))]
    if figures.has_view(month):
        parts.append(
            chart(
                figures.auditors_or_panel(month),
                alt="Dots with intervals, the auditors' and the panel's share of good or better for each key area; "
                "the same figures are in the table.",
                caption=f"Good or better, headline audits, {year_label(month)}, with 95% confidence intervals: "
                "as graded by auditors, and as we estimate the panel would have graded them.",
            )
        )
    return page(
        *parts,
        table(shown, "Good or better as graded, and by the panel's standard", numbers=list(shown.columns[1:])),
        paragraph(
            "Where the panel moderated an audit, its own grade counts. Where it did not, the audit counts by how "
            "often, over the year, the panel graded good or better the audits to which auditors gave that grade. Key "
            "areas with few decisions are estimated together with the others. Trends use auditors' grades, because "
            "they do not depend on how many audits were moderated.",
            kind="note",
        ),
    )


@told_of("moderations")
def practice(month: Month) -> Html:
    """Whether moderation followed the framework: who sat, what reached it, why grades were changed, how soon."""
    return page(
        bullets(practice_sentences(month)),
        paragraph(
            "The panel is recorded by role, not by person. The records show where somebody in the auditor's own role "
            "sat; where one person holds that role, this is the auditor. They do not show whether a member manages the "
            "case or the auditor. The chair should ask, and record the answer.",
            kind="note",
        ),
    )


@told_of("moderations")
def appendix(month: Month) -> Html:
    """Cohen's kappa, for readers who expect it, with the reason why it does not lead."""
    shown = appendix_table(month)
    why = paragraph(
        "Kappa falls towards zero when nearly all grades are the same, however often auditor and panel agree. "
        "Quadratic weights give little weight to changes of one grade that cross the Good line. For these reasons the "
        "share upheld comes first, with Gwet's coefficients beside it. Under ten pairs no coefficient is shown, and "
        "under thirty no kappa.",
        kind="note",
    )
    if shown.empty:
        return page(paragraph("No randomly selected audit was moderated, so there is no kappa."), why)
    return page(table(shown, "Cohen's kappa, random third", numbers=list(shown.columns[1:])), why)


def _pairs(month: Month) -> float:
    """The panel's decisions of the year, every route."""
    found = month.figure("agreement_exact", period=month.year, population=all_routes(month.rules))
    return found.denominator if found else 0


def _by_route(month: Month) -> Html:
    found = month.figures("moderation_done", by="route")[["group", "value"]]
    shown = found.assign(value=found["value"].map("{:.0f}".format)).set_axis(["Route", "Panel decisions"], axis=1)
    when = month_name(month.month)
    return table_unless_zero(
        shown, f"Panel decisions on the audits of {when}", numbers=["Panel decisions"],
        otherwise=f"The panel has made no decision on the audits of {when}.",
    )  # fmt: skip


def _grid(month: Month, pairs: float) -> Html:
    return chart(
        figures.auditor_and_panel(month, random_third(month.rules)),
        alt="Four-by-four grid of auditors' grades against the panel's; "
        "the counts are in measures.csv, measure moderation_pairs.",
        caption=f"Audits selected at random for moderation, {year_label(month)}, n = {pairs}. "
        "On the framed diagonal the panel upheld the grade.",
    )


REPORT = Report(
    name="moderation",
    title="Moderation",
    question="Does the panel agree with our auditors, and how would it have graded all audits?",
    families=(family.MODERATION, family.GRADES),
    restricted=(
        RestrictedList("Quality Assurance Manager", moderation_list, needs=("moderations",)),
        RestrictedList(
            "each auditor; all of them, the Quality Assurance Manager", calibration_cards, needs=("moderations",)
        ),
        RestrictedList("Quality Assurance Manager, for a workshop", workshop_pack, needs=("moderations",)),
    ),
    summary=summary,
    place=20,
)

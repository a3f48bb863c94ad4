"""What pages and documents say of a survey: who asks, and until when."""

from __future__ import annotations

from datetime import date

from figures.formats import day as written_day
from model.survey import Survey, SurveyState
from portal.own import AGENCY
from portal.portal import Portal


def asker(portal: Portal, survey: Survey) -> str:
    """The name of who asks. Raises StoreDown."""
    found = next((a.name for a in portal.snapshot.agencies() if a.slug == survey.agency), "")
    return found or AGENCY


def when(survey: Survey, day: date) -> str:
    """From when or until when a survey can be answered, in words."""
    state = survey.state(day)
    if state is SurveyState.SOON and survey.opens:
        return f"Abre el {written_day(survey.opens)}"
    if state is SurveyState.OPEN and survey.closes:
        return "Hoy es el último día" if survey.closes == day else f"Abierta hasta el {written_day(survey.closes)}"
    if state is SurveyState.OPEN:
        return "Abierta"
    return f"Cerró el {written_day(survey.closes)}" if survey.closes and survey.closes < day else "Cerrada"

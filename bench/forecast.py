"""Forecast: time to fit and to answer, the ladder of methods, and the cost of another language.

`python -m bench forecast` fits everything to 2018, forecasts sessions 70 to 78 one by one
(several minutes) and prints the figures of docs/methods/forecast.md.
"""

from __future__ import annotations

import time
from datetime import date

import numpy as np

from detente.archive import open_archive
from detente.forecast import Forecaster, Question, open_forecaster
from detente.forecast.asking import fit_before, session_start
from detente.forecast.backtest import run_backtest
from detente.forecast.features import Walk
from detente.forecast.report import page
from detente.forecast.scores_arrays import cell_losses

# Titles voted on in December 2018, in the six languages.
TRANSLATED = {
    "Situation of human rights in the Syrian Arab Republic": {
        "fr": "Situation des droits de l’homme en République arabe syrienne",
        "es": "Situación de los derechos humanos en la República Árabe Siria",
        "ru": "Положение в области прав человека в Сирийской Арабской Республике",
        "zh": "阿拉伯叙利亚共和国的人权状况",
        "ar": "حالة حقوق الإنسان في الجمهورية العربية السورية",
    },
    "Prevention of an arms race in outer space": {
        "fr": "Prévention d’une course aux armements dans l’espace",
        "es": "Prevención de la carrera de armamentos en el espacio ultraterrestre",
        "ru": "Предотвращение гонки вооружений в космическом пространстве",
        "zh": "防止外层空间的军备竞赛",
        "ar": "منع سباق التسلح في الفضاء الخارجي",
    },
    "Assistance to Palestine refugees": {
        "fr": "Aide aux réfugiés de Palestine",
        "es": "Asistencia a los refugiados de Palestina",
        "ru": "Помощь палестинским беженцам",
        "zh": "援助巴勒斯坦难民",
        "ar": "تقديم المساعدة إلى اللاجئين الفلسطينيين",
    },
    "Human rights and unilateral coercive measures": {
        "fr": "Droits de l’homme et mesures coercitives unilatérales",
        "es": "Derechos humanos y medidas coercitivas unilaterales",
        "ru": "Права человека и односторонние принудительные меры",
        "zh": "人权与单方面胁迫性措施",
        "ar": "حقوق الإنسان والتدابير القسرية الانفرادية",
    },
    "The right to food": {
        "fr": "Le droit à l’alimentation",
        "es": "El derecho a la alimentación",
        "ru": "Право на питание",
        "zh": "食物权",
        "ar": "الحق في الغذاء",
    },
    "Moratorium on the use of the death penalty": {
        "fr": "Moratoire sur l’application de la peine de mort",
        "es": "Moratoria del uso de la pena de muerte",
        "ru": "Мораторий на применение смертной казни",
        "zh": "暂停使用死刑",
        "ar": "وقف العمل بعقوبة الإعدام",
    },
}


def run() -> None:
    """Print every figure."""
    archive = open_archive()
    forecaster = open_forecaster(archive)
    day = date(2018, 12, 1)
    known = forecaster.record.before(session_start(day))
    wall, cpu = time.perf_counter(), time.process_time()
    forecaster.fitted[known.digest] = fit_before(known, forecaster.walk.wording)
    print(f"fit to 2018: {time.perf_counter() - wall:.1f} s, CPU {time.process_time() - cpu:.1f} s")
    wall = time.perf_counter()
    forecaster.ask([Question(next(iter(TRANSLATED)))], day)
    print(f"one forecast: {time.perf_counter() - wall:.2f} s")

    titles = list(TRANSLATED)
    rows = [
        int(np.flatnonzero((forecaster.record.title == title) & _after(forecaster, day))[0])
        for title in titles
    ]
    print("language, log loss on six texts of December 2018:")
    for language in ("en", "fr", "es", "ru", "zh", "ar"):
        asked = [
            Question(title if language == "en" else TRANSLATED[title][language], (), language)
            for title in titles
        ]
        chances = forecaster.ask(asked, day).chances
        loss = np.nanmean(cell_losses(chances, forecaster.record.votes[rows]))
        print(f"  {language} {loss:.3f}")

    print("two sessions ahead (77 and 78 from what was known in September 2022):")
    loss = stale(forecaster)
    print(f"  log loss {np.nanmean(loss):.3f}")

    wall, cpu = time.perf_counter(), time.process_time()
    track = run_backtest(archive, forecaster, 70, 78)
    print(f"backtest: {time.perf_counter() - wall:.0f} s, CPU {time.process_time() - cpu:.0f} s")
    print(page(track))


def stale(forecaster: Forecaster) -> np.ndarray:
    """Return the losses of sessions 77 and 78 where nothing of either is known."""
    record, end = forecaster.record, date(2022, 9, 15)
    old = Forecaster(record.before(end), Walk(record.before(end), forecaster.walk.wording))
    old.walk.expect(np.unique(old.record.day[old.record.session >= 72]))
    rows = np.flatnonzero((record.session >= 77) & (record.day >= np.datetime64(end)))
    losses = []
    for day in np.unique(record.day[rows]):
        now = rows[record.day[rows] == day]
        asked = [Question(str(title)) for title in record.title[now]]
        chances = old.ask(asked, date.fromisoformat(str(day))).chances
        losses.append(cell_losses(chances, record.votes[now]))
    return np.concatenate(losses)


def _after(forecaster: Forecaster, day: date) -> np.ndarray:
    days = forecaster.record.day
    return (days >= np.datetime64(day)) & (days < np.datetime64("2019-01-15"))

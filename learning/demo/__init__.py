"""Demo data: invented people who do, through the rules of the other rooms, what real ones do.

Nothing is written past the rules, so demo data can only hold what real data could. Every name and
score is invented. The sizes of the four provincial trainings are those of the project's evaluation
(20, 25, 38 and 17 people); everything else about them is invented too.
"""

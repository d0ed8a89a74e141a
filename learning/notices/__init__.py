"""Letters by e-mail: one function per letter, and a claim that keeps each from going twice.

A letter goes at most once per event and person, and none is lost unseen:

1. The rule that causes it *claims* it (`claiming.claim`) in its own transaction: one row per kind,
   recipient and event, which the database holds unique. Claiming again claims nothing new.
2. After the commit a background task calls `sending.send`. It takes the claim over (claimed ->
   sending) in one statement that only one of several tasks can win, then hands the letter to the
   mail server, then notes that it was sent.

What a crash or a failure leaves behind decides what may happen next:

- *claimed*: nobody has tried. It is certain that nothing was sent, so trying again is safe, and
  `manage.py tend_rosters` does. A mail server that cannot be reached, or says "later", puts a
  letter back here.
- *sending*: the process ended, or the line broke, between asking the mail server and its answer.
  The letter may be out. It is never tried again by itself: once at most is worth more here than
  once at least, because a second letter makes the code in the first one void. Pages show it as
  uncertain; a person may decide to send it again (`claiming.release`) or hand over a slip.
- *sent*, *refused* (the mail server will never take it) and *dropped* (not needed any more) are
  final.

The rows hold the uuid of a person and no address. Letters are composed when they are sent: no
address, name or code waits in the queue of tasks.
"""

"""time.strftime, gmtime and struct_time of given moments."""
import time

moment = time.gmtime(1612103782)
print(moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec, moment.tm_wday, moment.tm_yday)
print(time.strftime('%Y-%m-%d %H:%M:%S', moment), time.strftime('%F %T', moment), time.strftime('%a %A %b %B %j %y %%', moment))
print(time.strftime('%I:%M %p', moment), time.asctime(time.gmtime(0)), moment[0], len(moment), tuple(moment)[:6])
print(time.gmtime(951782400).tm_mday, time.strftime('%d.%m.%Y', time.gmtime(951868799)), time.gmtime(0) == time.gmtime(0))
print(len(time.strftime('%H:%M:%S')), time.strftime(''), time.strftime('plain text'))
